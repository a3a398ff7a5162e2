import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture } from '@kubectl-checkpoint/test-support'
import { run } from './run.ts'

describe('kubectl-checkpoint, of an archive with four bytes of files.img overwritten,', () => {
  let folder: string
  let archive: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'damaged-'))
    archive = join(folder, 'damaged.tar')
    const bytes = await readFile(fixture('containerd-miner'))
    const data = bytes.indexOf('checkpoint/files.img\0') + 512
    await writeFile(archive, bytes.fill(0xff, data + 12, data + 16))
  })
  after(() => rm(folder, { recursive: true }))

  const complaint = /^error: 1 part of\s\S+\scould not be read:\s(files|remap-fpath)\.img\s\([A-Z_]+\)$/m

  it('ends inspect with 3, and says that it does not know who listens', async () => {
    const { stdout, stderr, exitCode } = await run(['inspect', archive])
    assert.match(stdout, /^Listening: +unknown: files\.img could not be read$/m)
    assert.match(stderr, complaint)
    assert.equal(exitCode, 3)
    assert.match((await run(['inspect', archive, '--sockets'])).stdout, /^none that could be read\n/)
    assert.equal((await run(['inspect', archive, '-o', 'json'])).exitCode, 3)
  })

  it('ends files ls and files find with 3', async () => {
    for (const args of [
      ['ls', archive],
      ['find', archive, '--name', 'kinsing'],
    ]) {
      const { stderr, exitCode } = await run(['files', ...args])
      assert.match(stderr, complaint)
      assert.equal(exitCode, 3)
    }
  })
})
