import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { CraftedDescriptor } from '../craft-oci-image.ts'

export interface StandInRegistryOptions {
  /** By digest. */
  readonly blobs: ReadonlyMap<string, Uint8Array>
  /** Manifests by tag. */
  readonly tags: Readonly<Record<string, CraftedDescriptor>>
  /** How it asks who is there. Default: not at all. */
  readonly login?: 'basic' | 'bearer'
  /** Blobs come from another server. */
  readonly redirects?: boolean
  /** It gives blobs only as a whole. */
  readonly ignoresRange?: boolean
}

export interface RegistryRequestLog {
  readonly server: 'registry' | 'storage' | 'tokens'
  readonly method: string
  readonly path: string
  readonly range: string | undefined
  readonly authorization: string | undefined
  readonly body: string
}

export interface StandInRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string
  readonly requests: RegistryRequestLog[]
  /** Changes answers before they are sent: to cut connections, to lie. True: the response is taken over. */
  intervene: (request: RegistryRequestLog, response: ServerResponse) => boolean
  /** From now on, tokens that were given are good no more. */
  expireTokens(): void
}

/** Who may read, where the registry asks. */
export const registryUser = { username: 'reader', password: 'geheim:mit-doppelpunkt' }

const basic = `Basic ${Buffer.from(`${registryUser.username}:${registryUser.password}`).toString('base64')}`
const refreshToken = 'refresh-me'

/** A registry of one repository, `shop/web`, on free ports of 127.0.0.1, without TLS. */
export async function startStandInRegistry(options: StandInRegistryOptions): Promise<StandInRegistry> {
  const { blobs, tags, login, redirects = false, ignoresRange = false } = options
  const requests: RegistryRequestLog[] = []
  let serial = 1
  const token = () => `token-${serial}`

  const start = async (
    name: RegistryRequestLog['server'],
    handle: (request: RegistryRequestLog, response: ServerResponse) => void,
  ): Promise<Server> => {
    const server = createServer(async (incoming, response) => {
      const request = await logRequest(name, incoming)
      requests.push(request)
      if (!registry.intervene(request, response)) handle(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return server
  }

  const sendBlob = ({ range }: RegistryRequestLog, response: ServerResponse, bytes: Uint8Array) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
    if (from === undefined || to === undefined || ignoresRange) return void response.end(bytes)
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${bytes.length}` })
    response.end(bytes.subarray(Number(from), Number(to) + 1))
  }

  const storage = await start('storage', (request, response) => {
    sendBlob(request, response, blobs.get(request.path.slice(1)) ?? Buffer.alloc(0))
  })
  const tokens = await start('tokens', (request, response) => {
    const isKnown =
      request.method === 'POST'
        ? new URLSearchParams(request.body).get('refresh_token') === refreshToken
        : request.authorization === basic
    if (!isKnown) return void response.writeHead(401).end()
    response.end(JSON.stringify({ token: token() }))
  })
  const main = await start('registry', (request, response) => {
    const [, kind, version = ''] = /^\/v2\/shop\/web\/(manifests|blobs)\/(.+)$/.exec(request.path) ?? []
    const wanted = login === 'bearer' ? `Bearer ${token()}` : basic
    if (login && request.authorization !== wanted) {
      const realm = `http://${hostOf(tokens)}/token`
      const challenge =
        login === 'basic'
          ? 'Basic realm="stand-in"'
          : `Bearer realm="${realm}",service="stand-in",scope="repository:shop/web:pull"`
      return void response.writeHead(401, { 'www-authenticate': challenge }).end()
    }
    const digest = kind === 'manifests' ? (tags[version]?.digest ?? version) : version
    const bytes = blobs.get(digest)
    if (!bytes) return void response.writeHead(404).end()
    if (kind === 'manifests') {
      response.writeHead(200, { 'docker-content-digest': digest })
      return void response.end(bytes)
    }
    if (!redirects) return sendBlob(request, response, bytes)
    response.writeHead(307, { location: `http://${hostOf(storage)}/${digest}` }).end()
  })

  const registry: StandInRegistry = {
    host: hostOf(main),
    requests,
    intervene: () => false,
    expireTokens() {
      serial += 1
    },
    async [Symbol.asyncDispose]() {
      for (const server of [main, storage, tokens]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
  return registry
}

const hostOf = (server: Server): string => `127.0.0.1:${(server.address() as AddressInfo).port}`

async function logRequest(
  server: RegistryRequestLog['server'],
  incoming: IncomingMessage,
): Promise<RegistryRequestLog> {
  const { method = '', url = '', headers } = incoming
  const { authorization, range } = headers
  return { server, method, path: url.replace(/\?.*$/, ''), range, authorization, body: await text(incoming) }
}
