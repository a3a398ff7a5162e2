import { findChallenge } from './challenge.ts'
import type { Credentials } from './credentials.ts'
import { RegistryError } from './errors.ts'
import { type HttpClient, isPlain, type RegistryAnswer } from './http-client.ts'
import type { RegistryOptions } from './settings.ts'

const maxTokenLength = 1024 * 1024

/**
 * The value of `authorization` that a registry's 401 asks for; undefined where it asks for nothing that can be given.
 * @throws {RegistryError} REGISTRY_FORBIDDEN; REGISTRY_FAILED. @throws {ClusterError} of connections.
 * @see distribution, spec/auth/token.md and oauth.md
 */
export async function authorize(
  client: HttpClient,
  { headers, url }: RegistryAnswer,
  credentials: Credentials | undefined,
  scope: string,
  options: RegistryOptions,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const challenge = findChallenge(`${headers['www-authenticate'] ?? ''}`)
  if (!challenge) return undefined
  if (challenge.kind === 'basic') return credentials?.kind === 'password' ? basic(credentials) : undefined
  const realm = URL.canParse(challenge.realm) ? new URL(challenge.realm) : undefined
  // Credentials go there.
  if (
    !realm ||
    (realm.protocol !== 'https:' && !(realm.protocol === 'http:' && isPlain(realm.host, options)))
  ) {
    throw new RegistryError('REGISTRY_FAILED', `${url.origin} names no server for tokens that can be trusted`)
  }
  const parameters = new URLSearchParams({
    ...(challenge.service && { service: challenge.service }),
  })
  const scopes = (challenge.scope ?? scope).split(' ')
  const common = { maxLength: maxTokenLength, signal }
  if (credentials?.kind === 'refresh-token') {
    parameters.set('grant_type', 'refresh_token')
    parameters.set('refresh_token', credentials.token)
    parameters.set('client_id', 'kubectl-checkpoint')
    parameters.set('scope', scopes.join(' '))
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return tokenOf(
      await client.send({ method: 'POST', url: realm, headers: type, body: `${parameters}`, ...common }),
    )
  }
  for (const [name, value] of parameters) realm.searchParams.set(name, value)
  for (const one of scopes) realm.searchParams.append('scope', one)
  const identity = credentials ? { authorization: basic(credentials) } : {}
  return tokenOf(await client.send({ method: 'GET', url: realm, headers: identity, ...common }))
}

const basic = ({ username, password }: Extract<Credentials, { kind: 'password' }>): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

function tokenOf({ status, body, url }: RegistryAnswer): string {
  if (status === 401 || status === 403) throw forbidden(url.origin, status)
  const token = status === 200 ? findToken(body) : undefined
  if (token === undefined)
    throw new RegistryError('REGISTRY_FAILED', `${url.origin} gives no token: status ${status}`)
  return `Bearer ${token}`
}

export const forbidden = (what: string, status: number): RegistryError =>
  new RegistryError('REGISTRY_FORBIDDEN', `${what} refuses: status ${status}`, {
    hint: 'Log in with docker login or podman login as a user who may pull the image, and check its name.',
  })

function findToken(body: Uint8Array): string | undefined {
  try {
    const { token, access_token } = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>
    return [token, access_token].find((text) => typeof text === 'string' && /^[\x21-\x7e]+$/.test(text)) as
      | string
      | undefined
  } catch {
    return undefined
  }
}
