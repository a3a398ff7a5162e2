import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '@kubectl-checkpoint/core/clock'
import type { Descriptor } from '@kubectl-checkpoint/core/formats/oci'
import {
  type ImageRepository,
  openRepository,
  parseImageReference,
} from '@kubectl-checkpoint/core/remote/registry'
import { craftOciImage } from '@kubectl-checkpoint/test-support'
import {
  registryUser,
  type StandInRegistry,
  type StandInRegistryOptions,
  startStandInRegistry,
} from '@kubectl-checkpoint/test-support/stand-in'

const layer = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 31 + (at >> 8)) & 0xff)
const image = craftOciImage([layer])
const [layerDigest = ''] = [...image.blobs].find(([, bytes]) => bytes === layer) ?? []
const descriptor: Descriptor = {
  mediaType: 'layer',
  digest: layerDigest,
  size: layer.length,
  annotations: {},
}

describe('openRepository', () => {
  let home: string
  let registry: StandInRegistry
  let repository: ImageRepository
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
  const start = async (options: Partial<StandInRegistryOptions> = {}, tag = '1') => {
    registry = await startStandInRegistry({ blobs: image.blobs, tags: { 1: image.manifest }, ...options })
    const reference = parseImageReference(`${registry.host}/shop/web:${tag}`)
    repository = openRepository(reference, { env: {}, homeDirectory: home, clock })
  }
  const logIn = async (password = registryUser.password) => {
    await mkdir(join(home, '.docker'))
    const auth = Buffer.from(`${registryUser.username}:${password}`).toString('base64')
    await writeFile(
      join(home, '.docker', 'config.json'),
      JSON.stringify({ auths: { [registry.host]: { auth } } }),
    )
  }
  const manifest = async () => Buffer.from(await repository.readManifest())
  const expected = image.blobs.get(image.manifest.digest)

  it('reads the manifest of a tag and of a digest, and ranges of a blob', async () => {
    await start()
    deepEqual(await manifest(), expected)
    deepEqual(Buffer.from(await repository.readManifest(image.manifest.digest)), expected)
    const blob = repository.blob(descriptor)
    equal(blob.size, layer.length)
    deepEqual(await blob.read(5000, 70_000), layer.slice(5000, 75_000))
    equal(registry.requests.at(-1)?.range, 'bytes=5000-74999')
    equal((await blob.read(blob.size, 0)).length, 0)
    await rejects(blob.read(99_999, 2), { code: 'OUT_OF_RANGE' })
  })

  for (const login of ['basic', 'bearer'] as const) {
    it(`logs in by ${login}, once, and as nobody first`, async () => {
      await start({ login })
      await logIn()
      deepEqual(await manifest(), expected)
      equal(registry.requests[0]?.authorization, undefined)
      const { length } = registry.requests
      await repository.blob(descriptor).read(0, 10)
      await repository.blob(descriptor).read(10, 10)
      equal(registry.requests.length, length + 2)
    })
    it(`says REGISTRY_FORBIDDEN of wrong credentials by ${login}, and of none`, async () => {
      await start({ login })
      await rejects(repository.readManifest(), { name: 'RegistryError', code: 'REGISTRY_FORBIDDEN' })
      await repository[Symbol.asyncDispose]()
      await logIn('wrong')
      repository = openRepository(parseImageReference(`${registry.host}/shop/web:1`), {
        env: {},
        homeDirectory: home,
        clock,
      })
      await rejects(repository.readManifest(), { code: 'REGISTRY_FORBIDDEN' })
    })
  }
  it('asks for another token when one has expired', async () => {
    await start({ login: 'bearer' })
    await logIn()
    await manifest()
    registry.expireTokens()
    deepEqual(await manifest(), expected)
  })
  it('exchanges a refresh token', async () => {
    await start({ login: 'bearer' })
    await mkdir(join(home, '.docker'))
    await writeFile(
      join(home, '.docker', 'config.json'),
      JSON.stringify({ auths: { [registry.host]: { identitytoken: 'refresh-me' } } }),
    )
    deepEqual(await manifest(), expected)
    equal(registry.requests.find(({ server }) => server === 'tokens')?.method, 'POST')
  })
  it('sends a refresh token to no other place than the one that the registry names', async () => {
    await start({ login: 'bearer' })
    await mkdir(join(home, '.docker'))
    await writeFile(
      join(home, '.docker', 'config.json'),
      JSON.stringify({ auths: { [registry.host]: { identitytoken: 'refresh-me' } } }),
    )
    registry.intervene = ({ server }, response) => {
      if (server !== 'tokens') return false
      response.writeHead(307, { location: `http://${registry.host}/elsewhere` }).end()
      return true
    }
    await rejects(repository.readManifest(), { code: 'REGISTRY_FAILED', message: /no token: status 307/ })
    deepEqual(
      registry.requests.filter(({ method }) => method === 'POST').map(({ server }) => server),
      ['tokens'],
    )
  })
  it('follows to where blobs are stored, without a word of who asks, and remembers the way', async () => {
    await start({ login: 'basic', redirects: true })
    await logIn()
    const blob = repository.blob(descriptor)
    deepEqual(await blob.read(0, 10), layer.slice(0, 10))
    const { length } = registry.requests
    deepEqual(await blob.read(10, 10), layer.slice(10, 20))
    equal(registry.requests.length, length + 1)
    const stored = registry.requests.filter(({ server }) => server === 'storage')
    deepEqual(
      stored.map(({ authorization, range }) => [authorization, range]),
      [
        [undefined, 'bytes=0-9'],
        [undefined, 'bytes=10-19'],
      ],
    )
  })
  it('asks for the way again when it has changed', async () => {
    await start({ redirects: true })
    const blob = repository.blob(descriptor)
    await blob.read(0, 10)
    let refused = false
    registry.intervene = ({ server }, response) => {
      if (server !== 'storage' || refused) return false
      refused = true
      response.writeHead(403).end()
      return true
    }
    deepEqual(await blob.read(10, 10), layer.slice(10, 20))
    ok(refused)
  })
  it('sends no credentials for tokens where TLS is missing', async () => {
    await start()
    await logIn()
    registry.intervene = (_, response) => {
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://tokens.example/token"' }).end()
      return true
    }
    await rejects(repository.readManifest(), { code: 'REGISTRY_FAILED', message: /trusted/ })
  })
  it('follows to no place without TLS, and not for ever', async () => {
    await start()
    let location = 'http://storage.example/blob'
    registry.intervene = (_, response) => {
      response.writeHead(307, { location }).end()
      return true
    }
    await rejects(repository.blob(descriptor).read(0, 1), { code: 'REGISTRY_FAILED', message: /without TLS/ })
    location = 'again'
    await rejects(repository.blob(descriptor).read(0, 1), {
      code: 'REGISTRY_FAILED',
      message: /again and again/,
    })
  })
  it('asks again where a connection breaks, and gives up in the end', async () => {
    await start()
    let cuts = 2
    registry.intervene = (_, response) => {
      if (cuts === 0) return false
      cuts -= 1
      response.writeHead(206, { 'content-length': 100 })
      response.write('half')
      response.destroy()
      return true
    }
    deepEqual(await repository.blob(descriptor).read(0, 100), layer.slice(0, 100))
    deepEqual(waits, [200, 1000])
    cuts = Number.POSITIVE_INFINITY
    await rejects(repository.blob(descriptor).read(0, 100), { code: 'CONNECTION_LOST' })
  })
  it('says RANGE_UNSUPPORTED of a registry that knows no ranges, and what helps, without reading on', async () => {
    await start()
    const cut = Promise.withResolvers<void>()
    registry.intervene = (_, response) => {
      response.on('close', cut.resolve).writeHead(200).write(layer)
      return true
    }
    const error = await repository
      .blob(descriptor)
      .read(0, 10)
      .catch((thrown) => thrown)
    equal(error.code, 'RANGE_UNSUPPORTED')
    match(error.hint, /skopeo copy/)
    await cut.promise
  })
  it('says the same of blobs that it could read whole, small and large', async () => {
    await start({ ignoresRange: true })
    for (const length of [2, 65_000]) {
      await rejects(repository.blob(descriptor).read(0, length), { code: 'RANGE_UNSUPPORTED' })
    }
  })
  it('takes no other bytes than those it asked for', async () => {
    await start()
    for (const [range, body] of [
      ['bytes 1-10/100000', 'ten bytes.'],
      ['bytes 0-9/10', 'ten bytes.'],
      ['bytes 0-9/100000', 'short'],
    ] as const) {
      registry.intervene = (_, response) => {
        response.writeHead(206, { 'content-range': range }).end(body)
        return true
      }
      await rejects(repository.blob(descriptor).read(0, 10), {
        code: 'REGISTRY_FAILED',
        message: /other bytes/,
      })
    }
  })
  it('checks the digest of a manifest', async () => {
    await start()
    registry.intervene = (_, response) => {
      response.end('{}')
      return true
    }
    await rejects(repository.readManifest(image.manifest.digest), { code: 'BLOB_MISMATCH' })
  })
  it('reads no manifest of gigabytes', async () => {
    await start()
    registry.intervene = (_, response) => {
      response.end(Buffer.alloc(5 * 2 ** 20))
      return true
    }
    await rejects(repository.readManifest(), { code: 'REGISTRY_FAILED' })
  })
  it('says IMAGE_NOT_FOUND of a tag that is not there', async () => {
    await start({}, '2')
    await rejects(repository.readManifest(), { code: 'IMAGE_NOT_FOUND', message: /shop\/web:2 is not there/ })
  })
  it('says UNREACHABLE where nothing listens, and tells what may help', async () => {
    await start()
    await registry[Symbol.asyncDispose]()
    const error = await repository.readManifest().catch((thrown) => thrown)
    equal(error.code, 'UNREACHABLE')
    match(error.hint, /registry/)
  })
  it('throws the reason of an abort', async () => {
    await start()
    const reason = new Error('stop')
    const cancel = new AbortController()
    registry.intervene = () => {
      cancel.abort(reason)
      return true
    }
    await rejects(repository.blob(descriptor).read(0, 1, { signal: cancel.signal }), reason)
  })
})
