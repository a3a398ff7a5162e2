import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { encodeName } from '../../../packages/core/src/remote/node-files/encoded-name.ts'
import { writerScript } from '../../../packages/core/src/remote/node-files/writer-script.ts'
import { NodeDisk } from '../src/stand-in/node-disk.ts'
import { identity } from '../src/stand-in/reader-loop.ts'
import { runWriterLoop } from '../src/stand-in/writer-loop.ts'

const names = {
  plain: 'checkpoint-a_shop-app-2026-11-23T12:00:00Z.tar',
  odd: 'checkpoint-two words\\ und ümlaut\n.tar',
  pinned: 'checkpoint-pinned.tar',
  other: 'other.tar',
}
const contents = { ...names, pin: `${names.pinned}.keep` }

/** What is asked, where `state` says in which state a file is. */
const requests = (state: (name: string) => string) => [
  `remove ${state(names.plain)} ${encodeName(names.plain)}`,
  `remove ${state(names.plain)} ${encodeName(names.plain)}`,
  `remove 1 2 3 ${encodeName(names.odd)}`,
  `remove ${state(names.pinned)} ${encodeName(names.pinned)}`,
  `remove ${state(names.other)} ${encodeName(names.other)}`,
  `pin ${encodeName('checkpoint-none.tar')} why`,
  `pin ${encodeName(names.odd)} ${encodeName('as\nü')}`,
  `pin ${encodeName(names.odd)} `,
  `pin ${encodeName(names.other)} `,
  `unpin 1 2 3 ${encodeName(names.pinned)}`,
  `unpin ${state(`${names.pinned}.keep`)} ${encodeName(names.pinned)}`,
  `unpin ${state(`${names.pinned}.keep`)} ${encodeName(names.pinned)}`,
]

describe('runWriterLoop', () => {
  it("answers, and leaves the disk, as core's script does in a shell", async function () {
    if (process.platform === 'win32') return this.skip()
    const folder = await mkdtemp(join(tmpdir(), 'writer-loop-'))
    const disk = new NodeDisk(() => new Date())
    const states = new Map<string, string>()
    for (const name of Object.values(contents)) {
      const path = join(folder, name)
      await writeFile(path, name)
      const { size, mtimeMs, ino } = await stat(path)
      states.set(name, `${size} ${Math.floor(mtimeMs / 1000)} ${ino}`)
      disk.write(`/files/${name}`, Buffer.from(name))
    }
    const stateOnDisk = (name: string) => {
      const file = disk.find(`/files/${name}`)
      return file ? identity(file) : ''
    }
    const ofDisk = Readable.from([Buffer.from(`${requests(stateOnDisk).join('\n')}\n`)])
    const shell = spawn('sh', ['-c', writerScript, 'writer', folder])
    shell.stdin.end(`${requests((name) => states.get(name) ?? '').join('\n')}\n`)
    let answers = ''
    await runWriterLoop({
      disk,
      folder: '/files',
      stdin: ofDisk,
      write: async (bytes) => {
        answers += Buffer.from(bytes).toString()
      },
    })
    assert.equal(await text(shell.stdout), answers)
    assert.equal(
      answers,
      'ready\ndone\nnone\nchanged\npinned\nrefused\nnone\ndone\npinned\nrefused\nchanged\ndone\nnone\n',
    )
    assert.deepEqual(disk.names('/files'), (await readdir(folder)).sort())
    const note = disk.find(`/files/${names.odd}.keep`)?.bytes ?? Buffer.alloc(0)
    assert.deepEqual(await readFile(join(folder, `${names.odd}.keep`)), Buffer.from(note))
    await rm(folder, { recursive: true })
  })
})
