import { deepEqual, equal, rejects } from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chunks } from '@kubectl-checkpoint/core/bytes'
import { localExec } from '@kubectl-checkpoint/test-support'
import { byteSourceContract, contractBytes } from '../../../../../test/contract/byte-source.ts'
import type { TransferWay } from '../../../src/remote/node-files/file-stream.ts'
import { type OpenNodeFolder, openNodeFolder } from '../../../src/remote/node-files/node-folder.ts'
import type { Compress } from '../../../src/remote/node-files/plan-ways.ts'
import { readerScript } from '../../../src/remote/node-files/reader-script.ts'
import { openReaderSession } from '../../../src/remote/node-files/reader-session.ts'
import { streamScript } from '../../../src/remote/node-files/stream-script.ts'

const noWait = { now: () => 0, sleep: async () => {} }
const shell = ['sh', '-c', readerScript, 'checkpoint-reader']

/** The real script in this machine's shell; the connections break after the given numbers of bytes, in turn. */
function folderOf(
  directory: string,
  cuts: number[] = [],
): OpenNodeFolder & { resumes: number[]; sessions: number; streams: string[]; cuts: number[] } {
  const seen = { resumes: [] as number[], sessions: 0, streams: [] as string[], cuts }
  const folder = openNodeFolder({
    node: 'node-a',
    directory,
    clock: noWait,
    async connect() {
      seen.sessions += 1
      const cutAfterBytes = cuts.shift()
      const exec = localExec([...shell, directory], cutAfterBytes === undefined ? {} : { cutAfterBytes })
      return openReaderSession(exec, `node-a:${directory}`)
    },
    async runStream(words) {
      seen.streams.push(words.join(' '))
      const cutAfterBytes = cuts.shift()
      return localExec(
        ['sh', '-c', streamScript, 'checkpoint-stream', ...words, directory],
        cutAfterBytes === undefined ? {} : { cutAfterBytes },
      )
    },
    onResume: ({ atByte }) => seen.resumes.push(atByte),
  })
  return Object.assign(seen, folder)
}

async function temporaryFolder() {
  const directory = await mkdtemp(join(tmpdir(), 'node-folder-'))
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) }
}

const evilName = 'a\nb $(touch pwned) `x` \'"\\ \u00e9*'

// The script needs what a Linux node's image has; elsewhere the stand-in speaks the same protocol.
const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux('openNodeFolder', () => {
  byteSourceContract('a node file', async () => {
    const { directory, [Symbol.asyncDispose]: remove } = await temporaryFolder()
    await writeFile(join(directory, 'file.tar'), contractBytes)
    const folder = folderOf(directory)
    return {
      source: await folder.open('file.tar'),
      async close() {
        await folder[Symbol.asyncDispose]()
        await remove()
      },
    }
  })

  it('lists files of any name, and reads, measures and digests them', async () => {
    await using temporary = await temporaryFolder()
    const contents = new Map([
      [evilName, 'evil'],
      ['-rf', 'dash'],
      ['.hidden', 'dot'],
      ['%s%n', ''],
    ])
    for (const [name, text] of contents) await writeFile(join(temporary.directory, name), text)
    await using folder = folderOf(temporary.directory)
    const listed = await folder.list()
    deepEqual(listed.map(({ name }) => name).sort(), [...contents.keys()].sort())
    for (const [name, text] of contents) {
      const file = await folder.open(name)
      equal(Buffer.from(await file.read(0, file.size)).toString(), text)
      equal(await file.sha256(), createHash('sha256').update(text).digest('hex'))
    }
    equal(folder.sessions, 1)
  })

  it('tells the time of the node', async () => {
    await using folder = folderOf('/')
    const before = Math.floor(Date.now() / 1000)
    const now = await folder.now()
    equal(before <= now && now <= Date.now() / 1000, true)
  })

  it('goes on at the byte where a connection broke, however often it breaks', async () => {
    await using temporary = await temporaryFolder()
    await writeFile(join(temporary.directory, 'file.tar'), contractBytes)
    await using folder = folderOf(temporary.directory, [100_000, 50_000, 100, 70_000, 60_000])
    const file = await folder.open('file.tar')
    const read = await Array.fromAsync(chunks(file, { chunkLength: 90_000, ahead: 1 }))
    deepEqual(Buffer.concat(read), Buffer.from(contractBytes))
    equal(folder.sessions, 6)
    // Told once of each, although two reads are under way.
    equal(folder.resumes.length, 5)
  })

  it('gives up with EXEC_LOST when tries bring nothing', async () => {
    await using temporary = await temporaryFolder()
    await writeFile(join(temporary.directory, 'file.tar'), contractBytes)
    await using folder = folderOf(temporary.directory, [60, ...Array(20).fill(50)])
    const file = await folder.open('file.tar')
    await rejects(file.read(0, 200_000), { code: 'EXEC_LOST' })
    equal(folder.sessions <= 8, true)
  })

  it('says CHANGED when the file is not the one that was opened', async () => {
    await using temporary = await temporaryFolder()
    const path = join(temporary.directory, 'file.tar')
    await writeFile(path, 'first')
    await using folder = folderOf(temporary.directory)
    const file = await folder.open('file.tar')
    await writeFile(`${path}.new`, 'other')
    await rename(`${path}.new`, path)
    await rejects(file.read(0, 5), { code: 'CHANGED' })
    await rejects(file.sha256(), { code: 'CHANGED' })
    const again = await folder.open('file.tar')
    await writeFile(path, 'longer than before')
    await utimes(path, 1, 1)
    await rejects(again.read(0, 5), { code: 'CHANGED' })
  })

  it('says NODE_FILE_NOT_FOUND for what is not there, or has gone', async () => {
    await using temporary = await temporaryFolder()
    const path = join(temporary.directory, 'file.tar')
    await writeFile(path, 'first')
    await using folder = folderOf(temporary.directory)
    await rejects(folder.open('none.tar'), { code: 'NODE_FILE_NOT_FOUND' })
    const file = await folder.open('file.tar')
    await rm(path)
    await rejects(file.read(0, 5), { code: 'NODE_FILE_NOT_FOUND' })
    await rejects(file.sha256(), { code: 'NODE_FILE_NOT_FOUND' })
  })

  it('asks for no name that could lead out of the folder', async () => {
    await using folder = folderOf('/')
    for (const name of ['', '.', '..', '../etc/passwd', 'etc/passwd', '/etc/passwd', 'a\0b']) {
      await rejects(folder.open(name), { code: 'NODE_FILE_NAME_INVALID' })
    }
    equal(folder.sessions, 0)
  })

  it('ends a read when its signal aborts, and can be read afterwards', async () => {
    await using temporary = await temporaryFolder()
    await writeFile(join(temporary.directory, 'file.tar'), contractBytes)
    await using folder = folderOf(temporary.directory)
    const file = await folder.open('file.tar')
    const abort = new AbortController()
    const reading = file.read(0, file.size, { signal: abort.signal })
    abort.abort(new Error('enough'))
    await rejects(reading, /enough/)
    deepEqual(Buffer.from(await file.read(5, 100)), Buffer.from(contractBytes.subarray(5, 105)))
  })
})

onLinux('a transfer', () => {
  const content = Buffer.concat([randomBytes(300_000), Buffer.alloc(900_000, 'easy'), randomBytes(300_000)])
  const { signal } = new AbortController()
  const has = async (folder: OpenNodeFolder, compression: Compress) =>
    (await folder.ways('auto')).some((way) => way.compression === compression)
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>
  beforeEach(async () => {
    temporary = await temporaryFolder()
    await writeFile(join(temporary.directory, evilName), content)
  })
  afterEach(() => temporary[Symbol.asyncDispose]())

  for (const compression of ['none', 'gzip', 'zstd'] as const) {
    for (const connections of [1, 2] as const) {
      const way = { compression, connections }
      it(`brings a file, compressed with ${compression}, over ${connections} connections`, async function () {
        await using folder = folderOf(temporary.directory)
        if (!(await has(folder, compression))) this.skip()
        const file = await folder.open(evilName)
        for (const from of [0, 1, content.length - 1, content.length]) {
          const transfer = file.transfer({ from, ways: [way], signal })
          deepEqual(Buffer.concat(await Array.fromAsync(transfer)), content.subarray(from))
          if (from === 0) deepEqual(transfer.way, way)
          if (from === 0) equal(transfer.receivedBytes < content.length, compression !== 'none')
        }
      })

      it(`goes on where one of ${connections} connections broke, with ${compression}`, async function () {
        await using folder = folderOf(temporary.directory, [])
        if (!(await has(folder, compression))) this.skip()
        const file = await folder.open(evilName)
        folder.cuts.push(100_000, 150_000, 90_000)
        const transfer = file.transfer({ from: 0, ways: [way], signal })
        deepEqual(Buffer.concat(await Array.fromAsync(transfer)), content)
        equal(folder.resumes.length > 0, true)
      })
    }
  }

  it('may go by what the image can compress with, over one connection or two', async () => {
    await using folder = folderOf(temporary.directory)
    deepEqual(await folder.ways('none'), [plain, { ...plain, connections: 2 }])
    equal(folder.sessions, 0)
    deepEqual((await folder.ways('auto'))[0], plain)
    deepEqual(await folder.ways('gzip'), [
      { compression: 'gzip', connections: 1 },
      { compression: 'gzip', connections: 2 },
    ])
  })

  it('says READER_IMAGE_UNSUITABLE of a compressor that is not there', async () => {
    const script = readerScript.replace('gzip zstd', 'gzip nothing')
    const connect = async () =>
      openReaderSession(localExec(['sh', '-c', script, 'checkpoint-reader', '/']), 'node-a:/')
    const runStream = () => Promise.reject(new Error('nothing to send'))
    await using folder = openNodeFolder({ node: 'node-a', directory: '/', clock: noWait, connect, runStream })
    await rejects(folder.ways('zstd'), { code: 'READER_IMAGE_UNSUITABLE', message: /no usable zstd/ })
  })

  const plain = { compression: 'none', connections: 1 } as const
  const run = async (folder: OpenNodeFolder, change: () => unknown, way: TransferWay = plain) => {
    const file = await folder.open(evilName)
    const transfer = file.transfer({ from: 0, ways: [way], signal })[Symbol.asyncIterator]()
    await transfer.next()
    await change()
    while (!(await transfer.next()).done);
  }

  it('says CHANGED of a file that changes before or during it', async () => {
    await using folder = folderOf(temporary.directory)
    const path = join(temporary.directory, evilName)
    await rejects(
      run(folder, () => utimes(path, 1, 1)),
      { code: 'CHANGED' },
    )
    const file = await folder.open(evilName)
    await writeFile(path, 'other')
    await rejects(Array.fromAsync(file.transfer({ from: 0, ways: [plain], signal })), { code: 'CHANGED' })
  })

  it('gives up with EXEC_LOST when tries bring nothing', async () => {
    await using folder = folderOf(temporary.directory, [])
    const file = await folder.open(evilName)
    folder.cuts.push(...Array(20).fill(20))
    await rejects(Array.fromAsync(file.transfer({ from: 0, ways: [plain], signal })), { code: 'EXEC_LOST' })
    equal(folder.streams.length <= 7, true)
  })

  it('ends when its signal aborts', async () => {
    await using folder = folderOf(temporary.directory)
    const file = await folder.open(evilName)
    const abort = new AbortController()
    const transfer = file.transfer({ from: 0, ways: [plain], signal: abort.signal })[Symbol.asyncIterator]()
    await transfer.next()
    abort.abort(new Error('enough'))
    await rejects(async () => {
      while (!(await transfer.next()).done);
    }, /enough/)
  })
})

onLinux('openReaderSession', () => {
  it('says READER_IMAGE_UNSUITABLE when the image lacks a tool', async () => {
    const exec = localExec(['sh', '-c', `PATH=/nowhere\n${readerScript}`, 'checkpoint-reader', '/'])
    await rejects(openReaderSession(exec, 'node-a'), { code: 'READER_IMAGE_UNSUITABLE' })
  })
  it('says READER_IMAGE_UNSUITABLE when the folder is not mounted', async () => {
    const exec = localExec([...shell, '/no/such/folder'])
    await rejects(openReaderSession(exec, 'node-a'), { code: 'READER_IMAGE_UNSUITABLE' })
  })
  it('says READER_ANSWER_INVALID when something else answers', async () => {
    const exec = localExec(['sh', '-c', 'echo hello; cat >/dev/null'])
    await rejects(openReaderSession(exec, 'node-a'), { code: 'READER_ANSWER_INVALID' })
  })
  it('believes no length and no number of an answer', async () => {
    for (const answer of ['item 1 2 3 999999', 'item x 2 3 4', 'item 1 2 3 -1', 'nonsense']) {
      const exec = localExec(['sh', '-c', `echo ready; read -r line; echo '${answer}'; cat >/dev/null`])
      await using session = await openReaderSession(exec, 'node-a')
      await rejects(session.list(), { code: 'READER_ANSWER_INVALID' })
    }
  })
})
