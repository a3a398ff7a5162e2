/** How a registry wants to be told who asks. */
export type Challenge =
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer'; readonly realm: string; readonly service?: string; readonly scope?: string }

/**
 * The challenge of a `WWW-Authenticate` header; undefined if there is none that is known here.
 * @see RFC 9110, 11.6.1; distribution, spec/auth/token.md
 */
export function findChallenge(header: string): Challenge | undefined {
  const [, scheme = '', rest = ''] = /^\s*([A-Za-z]+)\s*(.*)$/s.exec(header) ?? []
  if (scheme.toLowerCase() === 'basic') return { kind: 'basic' }
  if (scheme.toLowerCase() !== 'bearer') return undefined
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, plain] of rest.matchAll(/([A-Za-z_]+)=(?:"([^"]*)"|([^\s,"]+))/g)) {
    parameters.set(name.toLowerCase(), quoted ?? plain ?? '')
  }
  const [realm, service, scope] = ['realm', 'service', 'scope'].map((name) => parameters.get(name))
  if (!realm) return undefined
  return { kind: 'bearer', realm, ...(service && { service }), ...(scope && { scope }) }
}
