import { posix } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip, createZstdCompress } from 'node:zlib'
import type { Faults } from './faults.ts'
import type { NodeDisk, NodeFile } from './node-disk.ts'
import { identity } from './reader-loop.ts'

export interface FileStream {
  readonly disk: NodeDisk | undefined
  readonly folder: string | undefined
  /** How to compress, the first byte, how many to send, from there to the next ones, the name. */
  readonly words: readonly string[]
  readonly faults: Pick<Faults, 'duringRange'>
  write(bytes: Uint8Array): Promise<void>
}

/** Does what core's stream script does in a pod, without a shell: its test compares the two. Returns the exit code. */
export async function runFileStream({ disk, folder, words, faults, write }: FileStream): Promise<number> {
  const say = (text: string) => write(Buffer.from(text))
  if (!disk || folder === undefined) {
    await say('missing folder\n')
    return 1
  }
  const [compression = '', ...others] = words
  const name = others.pop() ?? ''
  const [from = 0, count = 0, stride = 0] = others.map(Number)
  const path = posix.join(folder, name)
  const file = disk.find(path)
  if (!file) {
    await say('none\n')
    return 0
  }
  await say(`file ${identity(file)}\n`)
  const sink = new Writable({
    write(bytes: Uint8Array, _encoding, done) {
      write(bytes).then(() => done(), done)
    },
  })
  const pieces = Readable.from(piecesOf(file, from, count, stride))
  if (compression === 'gzip') await pipeline(pieces, createGzip({ level: 1 }), sink)
  else if (compression === 'zstd') await pipeline(pieces, createZstdCompress(fast), sink)
  else await pipeline(pieces, sink)
  faults.duringRange?.(disk, path)
  const now = disk.find(path)
  return now && identity(now) === identity(file) ? 0 : 3
}

const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

function* piecesOf({ bytes }: NodeFile, from: number, count: number, stride: number) {
  for (let start = from; start < bytes.byteLength; start += stride) {
    yield bytes.subarray(start, start + count)
  }
}
