import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'mocha'
import { encodeName } from '../../../packages/core/src/remote/node-files/encoded-name.ts'
import { readerScript } from '../../../packages/core/src/remote/node-files/reader-script.ts'
import { NodeDisk } from '../src/stand-in/node-disk.ts'
import { type ReaderLoop, runReaderLoop } from '../src/stand-in/reader-loop.ts'

const files = { 'a.tar': 'x'.repeat(70_000), empty: '', 'two words\\ und ümlaut\n.tar': 'y' }
const requests = [
  'list',
  ...Object.keys(files).flatMap((name) => [`stat ${encodeName(name)}`, `sha256 ${encodeName(name)}`]),
  'stat none.tar',
  'sha256 none.tar',
  'range 0 1 none.tar',
  'range 0 70000 a.tar',
  'range 69999 1 a.tar',
  'range 69999 2 a.tar',
  'range 0 0 empty',
  'tools',
]

/** Without what differs from one file system to another. */
const comparable = (output: string): string =>
  output.replaceAll(/^(item|file|range) (\d+) \d+ \d+/gm, '$1 $2 MTIME INODE')

async function runLoop(lines: readonly string[], loop: Pick<ReaderLoop, 'disk' | 'faults'>) {
  const output = new PassThrough()
  const exitCode = await runReaderLoop({
    ...loop,
    folder: '/files',
    stdin: Readable.from([Buffer.from(`${lines.join('\n')}\n`)]),
    write: async (bytes) => {
      output.write(bytes)
    },
  })
  output.end()
  return { exitCode, output: await text(output) }
}

describe('runReaderLoop', () => {
  let folder: string
  let disk: NodeDisk

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reader-loop-'))
    disk = new NodeDisk(() => new Date())
    for (const [name, content] of Object.entries(files)) disk.write(`/files/${name}`, Buffer.from(content))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it("answers as core's script does in a shell", async function () {
    if (process.platform === 'win32') return this.skip()
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    const shell = spawn('sh', ['-c', readerScript, 'reader', folder])
    shell.stdin.end(`${requests.join('\n')}\n`)
    const { output } = await runLoop(requests, { disk, faults: {} })
    assert.equal(comparable(output), comparable(await text(shell.stdout)))
  })

  it('ends with 3 when the file changes during a range', async () => {
    const duringRange = (changing: NodeDisk, path: string) => changing.replace(path, Buffer.from('other'))
    const { exitCode, output } = await runLoop(['range 0 1 a.tar', 'list'], { disk, faults: { duringRange } })
    assert.equal(exitCode, 3)
    assert.match(output, /^ready\nrange 70000 \d+ \d+\nx$/)
  })

  it('gives wrong digests on demand', async () => {
    const { output } = await runLoop(['sha256 empty'], { disk, faults: { wrongDigest: true } })
    assert.equal(output, `ready\nsha256 ${'0'.repeat(64)}\n`)
  })
})
