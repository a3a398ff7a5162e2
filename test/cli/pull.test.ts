import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture } from '@kubectl-checkpoint/test-support'
import { type StandInRegistry, startStandInRegistry } from '@kubectl-checkpoint/test-support/stand-in'
import { pulledArchive } from '../../packages/core/src/documents/image.ts'
import { run } from './run.ts'

describe('kubectl-checkpoint pull', () => {
  let registry: StandInRegistry
  let folder: string
  let image: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pull-'))
    registry = await startStandInRegistry({ blobs: new Map(), tags: {} })
    image = `oci://${registry.host}/shop/web:1`
    await run(['push', fixture('containerd-svc'), image, '--yes'])
  })
  afterEach(async () => {
    await registry[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  it('brings home what was pushed, byte for byte', async () => {
    const { stdout, stderr, exitCode } = await run(['pull', image, '--to', folder, '-o', 'name'])
    assert.equal(exitCode, 0, stderr)
    assert.equal(stdout, `${join(folder, 'web-1.tar')}\n`)
    assert.ok((await readFile(join(folder, 'web-1.tar'))).equals(await readFile(fixture('containerd-svc'))))
  })

  it('prints a document of the published schema', async () => {
    const { stdout } = await run(['pull', image, '--to', folder, '-o', 'json'])
    assert.equal(pulledArchive.parse(JSON.parse(stdout)).path, join(folder, 'web-1.tar'))
  })

  it('names its file as the compressed one that it is', async () => {
    await run(['push', fixture('containerd-svc'), image, '--yes', '--compress', 'zstd'])
    const { stdout } = await run(['pull', image, '--to', folder])
    assert.match(stdout, /^Local file: +.*web-1\.tar\.zst$/m)
  })

  it('needs an image, and takes but one', async () => {
    const none = await run(['pull'])
    assert.deepEqual([none.exitCode, /name an image/.test(none.stderr)], [2, true])
    const local = await run(['pull', fixture('containerd-svc')])
    assert.match(local.stderr, /ARCHIVE_REFERENCE_INVALID/)
  })
})
