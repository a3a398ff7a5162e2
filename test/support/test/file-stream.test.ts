import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { streamScript } from '../../../packages/core/src/remote/node-files/stream-script.ts'
import { runFileStream } from '../src/stand-in/file-stream.ts'
import { NodeDisk } from '../src/stand-in/node-disk.ts'

const name = "-two words' \\.tar"
const content = randomBytes(70_000)

describe('runFileStream', () => {
  let folder: string
  let disk: NodeDisk

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'file-stream-'))
    await writeFile(join(folder, name), content)
    disk = new NodeDisk(() => new Date())
    disk.write(`/files/${name}`, content)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const run = async (...words: string[]) => {
    const written: Uint8Array[] = []
    const exitCode = await runFileStream({
      disk,
      folder: '/files',
      words,
      faults: {},
      write: async (bytes) => void written.push(bytes),
    })
    return { exitCode, output: Buffer.concat(written) }
  }
  const runScript = (...words: string[]) =>
    buffer(spawn('sh', ['-c', streamScript, 'checkpoint-stream', ...words, folder]).stdout)
  /** Its first line without what differs from one file system to another, and the rest. */
  const parse = (output: Buffer) => {
    const end = output.indexOf('\n') + 1
    const line = output.toString('latin1', 0, end)
    return { line: line.replace(/^(file \d+) \d+ \d+/, '$1'), rest: output.subarray(end) }
  }

  it("sends what core's script sends in a shell", async function () {
    if (process.platform === 'win32') return this.skip()
    for (const words of [
      ['none', '0', '70000', '70000', name],
      ['none', '69999', '70000', '70000', name],
      ['none', '70000', '1', '1', name],
      ['none', '4096', '4096', '8192', name],
      ['none', '0', '1', '1', 'none.tar'],
    ]) {
      const { exitCode, output } = await run(...words)
      assert.equal(exitCode, 0)
      assert.deepEqual(parse(output), parse(await runScript(...words)))
    }
  })

  it("compresses what core's script compresses", async function () {
    if (process.platform === 'win32') return this.skip()
    const words = ['gzip', '100', '70000', '70000', name]
    const { output } = await run(...words)
    assert.deepEqual(gunzipSync(parse(output).rest), content.subarray(100))
    assert.deepEqual(gunzipSync(parse(await runScript(...words)).rest), content.subarray(100))
  })

  it('ends with 3 when the file changes meanwhile', async () => {
    const exitCode = await runFileStream({
      disk,
      folder: '/files',
      words: ['none', '0', '1', '70000', name],
      faults: { duringRange: (changing, path) => changing.replace(path, Buffer.from('other')) },
      write: async () => {},
    })
    assert.equal(exitCode, 3)
  })
})
