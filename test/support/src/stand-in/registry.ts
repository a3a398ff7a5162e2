import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { CraftedDescriptor } from '../craft-oci-image.ts'

export interface StandInRegistryOptions {
  /** By digest. */
  readonly blobs: ReadonlyMap<string, Uint8Array>
  /** Manifests by tag; those that are pushed are added. */
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
  readonly query: string
  readonly contentRange: string | undefined
  readonly body: Buffer
}

export interface StandInRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string
  readonly requests: RegistryRequestLog[]
  /** By digest, those that were pushed included. */
  readonly blobs: ReadonlyMap<string, Uint8Array>
  /** Digests of manifests by tag. */
  readonly tags: ReadonlyMap<string, string>
  /** What has come of uploads that nobody has finished or cancelled. */
  readonly uploads: ReadonlyMap<string, Buffer>
  /** Takes so many bytes of the next piece of an upload, and then cuts the connection. */
  cutUploadAfter: number | undefined
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
  const { login, redirects = false, ignoresRange = false } = options
  const blobs = new Map(options.blobs)
  const tags = new Map(Object.entries(options.tags).map(([tag, { digest }]) => [tag, digest]))
  const uploads = new Map<string, Buffer>()
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
        ? new URLSearchParams(request.body.toString()).get('refresh_token') === refreshToken
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
        login === 'basic' ? 'Basic realm="stand-in"' : `Bearer realm="${realm}",service="stand-in"`
      return void response.writeHead(401, { 'www-authenticate': challenge }).end()
    }
    if (kind === 'blobs' && version.startsWith('uploads/')) {
      return receive(version.slice('uploads/'.length), request, response)
    }
    if (kind === 'manifests' && request.method === 'PUT') return putManifest(version, request, response)
    const digest = kind === 'manifests' ? (tags.get(version) ?? version) : version
    const bytes = blobs.get(digest)
    if (!bytes) return void response.writeHead(404).end()
    if (request.method === 'HEAD')
      return void response.writeHead(200, { 'content-length': bytes.length }).end()
    if (kind === 'manifests') {
      response.writeHead(200, { 'docker-content-digest': digest })
      return void response.end(bytes)
    }
    if (!redirects) return sendBlob(request, response, bytes)
    response.writeHead(307, { location: `http://${hostOf(storage)}/${digest}` }).end()
  })

  /** As distribution does it: spec/api.md, "Pushing an image". */
  const receive = (id: string, request: RegistryRequestLog, response: ServerResponse): void => {
    const { method, body, query, contentRange } = request
    const at = (received: Buffer, key: string) => ({
      location: `/v2/shop/web/blobs/uploads/${key}?state=${received.length}`,
      range: `0-${Math.max(0, received.length - 1)}`,
    })
    if (method === 'POST') {
      const key = `upload-${uploads.size + 1}`
      uploads.set(key, Buffer.alloc(0))
      return void response.writeHead(202, at(Buffer.alloc(0), key)).end()
    }
    const received = uploads.get(id)
    if (!received) return void response.writeHead(404).end()
    if (method === 'GET') return void response.writeHead(204, at(received, id)).end()
    if (method === 'DELETE') {
      uploads.delete(id)
      return void response.writeHead(204).end()
    }
    if (method === 'PATCH') {
      if (contentRange !== `${received.length}-${received.length + body.length - 1}`) {
        return void response.writeHead(416, at(received, id)).end()
      }
      const cut = registry.cutUploadAfter
      registry.cutUploadAfter = undefined
      const whole = Buffer.concat([received, body.subarray(0, cut)])
      uploads.set(id, whole)
      if (cut !== undefined) return void response.destroy()
      return void response.writeHead(202, at(whole, id)).end()
    }
    const digest = new URLSearchParams(query).get('digest') ?? ''
    if (digest !== digestOf(received)) return void response.writeHead(400).end()
    uploads.delete(id)
    blobs.set(digest, received)
    response.writeHead(201).end()
  }

  const putManifest = (version: string, { body }: RegistryRequestLog, response: ServerResponse): void => {
    const digest = digestOf(body)
    if (version.includes(':') && version !== digest) return void response.writeHead(400).end()
    blobs.set(digest, body)
    if (!version.includes(':')) tags.set(version, digest)
    response.writeHead(201, { 'docker-content-digest': digest }).end()
  }

  const registry: StandInRegistry = {
    host: hostOf(main),
    requests,
    blobs,
    tags,
    uploads,
    cutUploadAfter: undefined,
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

const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

const hostOf = (server: Server): string => `127.0.0.1:${(server.address() as AddressInfo).port}`

async function logRequest(
  server: RegistryRequestLog['server'],
  incoming: IncomingMessage,
): Promise<RegistryRequestLog> {
  const { method = '', url = '', headers } = incoming
  const { authorization, range } = headers
  const [path = '', query = ''] = url.split('?')
  const contentRange = headers['content-range']
  return { server, method, path, query, range, contentRange, authorization, body: await buffer(incoming) }
}
