import { authorize, forbidden } from './authorization.ts'
import { findCredentials } from './credentials.ts'
import { RegistryError } from './errors.ts'
import { isPlain, openHttpClient, type RegistryAnswer, type RegistryRequest } from './http-client.ts'
import { type ImageReference, registryHost } from './image-reference.ts'
import type { RegistryOptions } from './settings.ts'

/** Requests about one repository, as whomever its registry asks for. Disposing of it closes its connections. */
export interface RepositoryClient extends AsyncDisposable {
  /** `registry.example/shop/web:1`, for messages. */
  readonly label: string
  /** Ends with `/v2/shop/web/`. */
  readonly base: URL
  /**
   * At first as nobody, and anew when a token has expired.
   * @param from A repository of the same registry that it reads from, too. @throws {RegistryError} @throws {ClusterError}
   */
  send(request: RegistryRequest, from?: string): Promise<RegistryAnswer>
  /** The same, but as nobody: to where the registry sends its readers. */
  sendPlainly(request: RegistryRequest): Promise<RegistryAnswer>
  /** Whether the registry has asked who is there, so far. */
  hasAsked(): boolean
  /** @throws {RegistryError} IMAGE_NOT_FOUND; REGISTRY_FORBIDDEN; REGISTRY_FAILED unless the status is as expected. */
  check(answer: RegistryAnswer, what: string, expected: number): void
}

/** @param actions What is asked for, in the words of the token specification. */
export function openRepositoryClient(
  image: ImageReference,
  options: RegistryOptions,
  actions: 'pull' | 'pull,push',
): RepositoryClient {
  const { registry, repository, version } = image
  const host = registryHost(registry)
  const base = new URL(`${isPlain(host, options) ? 'http' : 'https'}://${host}/v2/${repository}/`)
  const client = openHttpClient(options)
  let credentials: ReturnType<typeof findCredentials> | undefined
  let authorization: string | undefined
  let asked = false

  return {
    label: `${registry}/${repository}${version.includes(':') ? '@' : ':'}${version}`,
    base,
    async send(request, from) {
      const ask = () =>
        client.send({
          ...request,
          headers: {
            ...request.headers,
            ...(authorization && request.url.origin === base.origin && { authorization }),
          },
        })
      const answer = await ask()
      if (answer.status !== 401 || answer.url.origin !== base.origin) return answer
      asked = true
      credentials ??= findCredentials(image, options)
      const own = `repository:${repository}:${actions}`
      const scope = from === undefined ? own : `${own} repository:${from}:pull`
      authorization = await authorize(client, answer, await credentials, scope, options, request.signal)
      return authorization ? ask() : answer
    },
    sendPlainly: (request) => client.send(request),
    hasAsked: () => asked,
    check({ status }, what, expected) {
      if (status === expected) return
      if (status === 401 || status === 403) throw forbidden(what, status)
      if (status === 404) {
        throw new RegistryError('IMAGE_NOT_FOUND', `${what} is not there`, {
          hint: 'Check its name and its tag.',
        })
      }
      throw new RegistryError('REGISTRY_FAILED', `${what}: ${base.host} answers with status ${status}`)
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}
