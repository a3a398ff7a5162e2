import type { Identity } from './identity.ts'

/** What each request carries. Without TLS no secret is sent, as by kubectl. */
export const requestHeaders = (
  url: URL,
  { authorization }: Identity,
  headers: Readonly<Record<string, string | string[]>>,
): Record<string, string | string[]> => ({
  accept: 'application/json, */*',
  'user-agent': 'kubectl-checkpoint',
  ...headers,
  ...(authorization && url.protocol === 'https:' ? { authorization } : {}),
})
