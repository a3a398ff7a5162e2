import { deepEqual, ok } from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fixture } from '@kubectl-checkpoint/test-support'
import { binary, run } from './run.ts'

/**
 * What starts slowly, and what only those need whose archive isn't here. To import `fs` or `util` is slow, to require
 * them isn't.
 */
const heavy =
  /node_modules\/(undici|ws|zod|yaml|ink|react|socks|string-width|jsonpath-plus)\/|core\/src\/remote\/|^node:(assert|child_process|crypto|dns|fs|http2|https?|net|tls|util|zlib)$/

/** Writes the address of each module that is loaded into the file that it is told of. */
const recorder = `
  import { registerHooks } from 'node:module'
  import { appendFileSync } from 'node:fs'
  registerHooks({
    load(url, context, next) {
      appendFileSync(process.env.LOADED_MODULES, url + '\\n')
      return next(url, context)
    },
  })`

interface Chunk {
  readonly inputs: Readonly<Record<string, unknown>>
}

describe('what a command loads', () => {
  let folder: string
  /** Source files by the name of the chunk that they are in. */
  let sources: ReadonlyMap<string, readonly string[]>

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
    const chunks: Record<string, Chunk> = JSON.parse(
      await readFile(join(dirname(binary), 'chunks.json'), 'utf8'),
    )
    sources = new Map(
      Object.entries(chunks).map(([path, { inputs }]) => [basename(path), Object.keys(inputs)]),
    )
  })

  after(() => rm(folder, { recursive: true }))

  /** Source files, and modules of Node.js. */
  const loadedBy = async (...args: string[]) => {
    const record = join(folder, crypto.randomUUID())
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(recorder)}`
    await run(args, { env: { NODE_OPTIONS, LOADED_MODULES: record } })
    const urls = (await readFile(record, 'utf8')).split('\n')
    return urls.flatMap((url) => sources.get(basename(url)) ?? [url])
  }

  const archive = fixture('containerd-miner')
  for (const args of [
    ['inspect', archive],
    ['inspect', '--all', archive],
    ['inspect', archive, '-o', 'json'],
    ['files', 'ls', archive],
    ['diff', archive, archive],
  ]) {
    const words = args.filter((word) => word !== archive).join(' ')
    it(`is nothing of the cluster, nor else heavy, for ${words} of local files`, async () => {
      const loaded = await loadedBy(...args)
      ok(loaded.some((path) => path.includes('core/src/formats/tar/')))
      deepEqual(
        loaded.filter((path) => heavy.test(path)),
        [],
      )
    })
  }

  it('is the code of the cluster where the cluster is asked', async () => {
    const loaded = await loadedBy('web-0', '--kubeconfig', '/nowhere')
    ok(loaded.some((path) => path.includes('node_modules/undici/')))
  })
})
