import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Context, pull } from '@kubectl-checkpoint/core/actions'
import { craftOciImage, digestOf, memoryCatalogue } from '@kubectl-checkpoint/test-support'
import { type StandInRegistry, startStandInRegistry } from '@kubectl-checkpoint/test-support/stand-in'
import { finish } from '../support/workbench.ts'

/** Three requests long. */
const layer = Buffer.alloc(20 * 1024 * 1024, 'checkpoint')
const digest = digestOf(layer)
const crafted = craftOciImage([layer])
const { signal } = new AbortController()

describe('pull', () => {
  let folder: string
  let registry: StandInRegistry
  let context: Context
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pull-'))
    registry = await startStandInRegistry({ blobs: crafted.blobs, tags: { 1: crafted.manifest } })
    context = {
      connect: () => Promise.reject(new Error('nothing here needs a cluster')),
      clock: { now: () => 0, sleep: async () => {} },
      settings: () => Promise.reject(new Error('nothing here needs a node')),
      catalogue: memoryCatalogue(),
      registry: { env: {}, homeDirectory: folder },
      cacheFolder: join(folder, 'cache'),
    }
  })
  afterEach(async () => {
    await registry[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  const to = () => join(folder, 'archives')
  const run = (image = `oci://${registry.host}/shop/web:1`) =>
    finish(pull({ image, to: to() }, context, { signal }))
  /** Cuts requests for the layer off, or lies about it, but for the first few. */
  const failAfter = (requests: number, answer: (range: string) => Buffer | undefined) => {
    let count = 0
    registry.intervene = ({ path, range }, response) => {
      if (!path.endsWith(digest) || ++count <= requests) return false
      const body = answer(range ?? '')
      if (!body) {
        response.destroy()
        return true
      }
      const [from = 0, end = 0] = (range ?? '').match(/\d+/g)?.map(Number) ?? []
      response.writeHead(206, { 'content-range': `bytes ${from}-${end}/${layer.length}` })
      response.end(body.subarray(from, end + 1))
      return true
    }
  }

  it('brings the layer home, for its owner alone, named after repository and tag', async () => {
    const { result } = await run()
    equal(result.path, join(to(), 'web-1.tar'))
    ok((await readFile(result.path)).equals(layer))
    equal((await stat(result.path)).mode & 0o777, 0o600)
    equal(`sha256:${result.sha256}`, digest)
    deepEqual(await readdir(to()), ['web-1.tar'])
  })

  it('takes one that is here already, and replaces nothing', async () => {
    const { result } = await run()
    const again = await run()
    equal(again.result.transfer.bytes, 0)
    deepEqual(again.notices, [{ kind: 'already-here', path: result.path }])
    await writeFile(result.path, 'mine')
    await rejects(run(), { code: 'FILE_EXISTS' })
    equal(await readFile(result.path, 'utf8'), 'mine')
  })

  it('goes on where the connection kept breaking', async () => {
    failAfter(2, () => undefined)
    await rejects(run(), { code: 'CONNECTION_LOST' })
    const [partial = ''] = await readdir(to())
    const { size } = await stat(join(to(), partial))
    ok(size > 0)
    registry.intervene = () => false
    const { result, notices } = await run()
    deepEqual(notices, [{ kind: 'download-continued', atByte: size }])
    equal(result.transfer.bytes, layer.length - size)
    ok((await readFile(result.path)).equals(layer))
  })

  it('DIGEST_MISMATCH where other bytes come', async () => {
    failAfter(0, () => Buffer.alloc(layer.length))
    await rejects(run(), { code: 'DIGEST_MISMATCH' })
    deepEqual(await readdir(to()), [])
  })

  it('ARCHIVE_REFERENCE_INVALID of what is not in a registry', () =>
    rejects(run('node-a:checkpoint.tar'), { code: 'ARCHIVE_REFERENCE_INVALID' }))
})
