import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '@kubectl-checkpoint/core/clock'
import {
  openWritableRepository,
  parseImageReference,
  type WritableRepository,
} from '@kubectl-checkpoint/core/remote/registry'
import {
  registryUser,
  type StandInRegistry,
  type StandInRegistryOptions,
  startStandInRegistry,
} from '@kubectl-checkpoint/test-support/stand-in'

const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const content = randomBytes(250_000)
const { signal } = new AbortController()

async function* inPieces(length: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < content.length; offset += length)
    yield content.subarray(offset, offset + length)
}

describe('openWritableRepository', () => {
  let home: string
  let registry: StandInRegistry
  let repository: WritableRepository
  let waits: number[]
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'registry-'))
    waits = []
  })
  afterEach(async () => {
    await repository[Symbol.asyncDispose]()
    await registry[Symbol.asyncDispose]()
    await rm(home, { recursive: true })
  })

  const clock: Clock = {
    now: () => 0,
    async sleep(ms) {
      waits.push(ms)
    },
  }
  const start = async (options: Partial<StandInRegistryOptions> = {}) => {
    registry = await startStandInRegistry({ blobs: new Map(), tags: {}, ...options })
    const image = parseImageReference(`${registry.host}/shop/web:1`)
    repository = openWritableRepository(image, { env: {}, homeDirectory: home, clock })
  }
  const send = async (pieceLength: number, onProgress?: (bytes: number) => void) =>
    (await repository.startUpload(signal)).send(inPieces(pieceLength), onProgress)
  const methods = () => registry.requests.map(({ method }) => method).join(' ')

  it('sends a blob piece by piece, whose digest need not be known before', async () => {
    await start()
    const progress: number[] = []
    deepEqual(await send(100_000, (bytes) => progress.push(bytes)), {
      digest: sha256(content),
      size: 250_000,
    })
    deepEqual(registry.blobs.get(sha256(content)), content)
    deepEqual(progress, [100_000, 200_000, 250_000])
    equal(methods(), 'POST PATCH PATCH PATCH PUT')
    equal(registry.uploads.size, 0)
  })

  it('goes on at the byte that the registry has, where the connection breaks', async () => {
    await start()
    registry.cutUploadAfter = 30_000
    equal((await send(100_000)).digest, sha256(content))
    deepEqual(registry.blobs.get(sha256(content)), content)
    const ranges = registry.requests.flatMap(({ contentRange }) => contentRange ?? [])
    deepEqual(ranges, ['0-99999', '30000-99999', '100000-199999', '200000-249999'])
    deepEqual(waits, [200])
  })

  it('goes on after a piece whose answer got lost', async () => {
    await start()
    registry.cutUploadAfter = 100_000
    equal((await send(100_000)).digest, sha256(content))
    deepEqual(registry.blobs.get(sha256(content)), content)
  })

  it('tries again where the registry is overloaded for a moment, and gives up where it stays so', async () => {
    await start()
    let failures = 2
    registry.intervene = ({ method }, response) => {
      if (method !== 'PATCH' || failures === 0) return false
      failures -= 1
      response.writeHead(503).end()
      return true
    }
    equal((await send(250_000)).digest, sha256(content))
    failures = 100
    await rejects(send(250_000), { code: 'REGISTRY_FAILED', message: /status 503/ })
    deepEqual(waits, [200, 1000, 200, 1000, 3000, 10_000])
  })

  it('REGISTRY_FAILED where other bytes arrived than were sent', async () => {
    await start()
    registry.intervene = ({ method }, response) => {
      if (method !== 'PUT') return false
      response.writeHead(400).end()
      return true
    }
    await rejects(send(250_000), { code: 'REGISTRY_FAILED', message: /got other bytes than were sent/ })
  })

  it('sends the bytes of a memory nowhere else than to the registry', async () => {
    await start()
    registry.intervene = ({ method }, response) => {
      if (method !== 'POST') return false
      response.writeHead(202, { location: 'http://attacker.example/upload' }).end()
      return true
    }
    await rejects(send(250_000), { code: 'REGISTRY_FAILED', message: /no place of its own/ })
  })

  it('forgets an upload that is cancelled', async () => {
    await start()
    const upload = await repository.startUpload(signal)
    equal(registry.uploads.size, 1)
    await upload.cancel()
    equal(registry.uploads.size, 0)
    await upload.cancel()
  })

  it('takes a blob over from another repository, with one request', async () => {
    await start()
    registry.intervene = ({ query }, response) => {
      const asked = new URLSearchParams(query)
      deepEqual([asked.get('mount'), asked.get('from')], [sha256(content), 'shop/other'])
      response.writeHead(201).end()
      return true
    }
    equal(await repository.mountBlob(sha256(content), 'shop/other', signal), true)
    equal(methods(), 'POST')
  })

  it('leaves no upload behind of a registry that takes nothing over', async () => {
    await start()
    equal(await repository.mountBlob(sha256(content), 'shop/other', signal), false)
    equal(methods(), 'POST DELETE')
    equal(registry.uploads.size, 0)
  })

  it('asks for a token for both repositories to take a blob over', async () => {
    await start({ login: 'bearer' })
    await rejects(repository.mountBlob(sha256(content), 'shop/other', signal), { code: 'REGISTRY_FORBIDDEN' })
    const token = registry.requests.find(({ server }) => server === 'tokens')
    const scopes = new URLSearchParams(token?.query).getAll('scope')
    deepEqual(scopes, ['repository:shop/web:pull,push', 'repository:shop/other:pull'])
  })

  for (const login of ['basic', 'bearer'] as const) {
    it(`logs in by ${login} to write, and knows that it was asked to`, async () => {
      await start({ login })
      await mkdir(join(home, '.docker'))
      const auth = Buffer.from(`${registryUser.username}:${registryUser.password}`).toString('base64')
      const config = JSON.stringify({ auths: { [registry.host]: { auth } } })
      await writeFile(join(home, '.docker', 'config.json'), config)
      equal(repository.asksWhoIsThere(), false)
      await send(250_000)
      equal(repository.asksWhoIsThere(), true)
      const token = registry.requests.find(({ server }) => server === 'tokens')
      if (login === 'bearer') ok(new URLSearchParams(token?.query).get('scope')?.endsWith(':pull,push'))
    })
  }

  it('REGISTRY_FORBIDDEN for whoever may not write', async () => {
    await start({ login: 'basic' })
    await rejects(send(250_000), { code: 'REGISTRY_FORBIDDEN' })
  })

  it('puts a blob there only if it is not, and manifests by digest and tag', async () => {
    await start()
    const bytes = Buffer.from('{}')
    const blob = { mediaType: 'application/vnd.oci.image.index.v1+json', digest: sha256(bytes), bytes }
    await repository.putBlob(blob, signal)
    await repository.putBlob(blob, signal)
    equal(methods(), 'HEAD POST PATCH PUT HEAD')
    await repository.putManifest(blob, 'digest', signal)
    equal(registry.tags.size, 0)
    await repository.putManifest(blob, 'tag', signal)
    equal(registry.tags.get('1'), sha256(bytes))
  })
})
