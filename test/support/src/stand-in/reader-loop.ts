import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Faults } from './faults.ts'
import type { NodeDisk, NodeFile } from './node-disk.ts'

export interface ReaderLoop {
  /** Undefined: the node has none, for there is no such node. */
  readonly disk: NodeDisk | undefined
  /** On the node; undefined: nothing is mounted there. */
  readonly folder: string | undefined
  readonly faults: Pick<Faults, 'compressors' | 'duringRange' | 'wrongDigest'>
  readonly stdin: Readable
  write(bytes: Uint8Array): Promise<void>
}

/**
 * Does what core's reader script does in a pod, without a shell: its test compares the two on the same requests.
 * Returns the exit code.
 */
export async function runReaderLoop({ disk, folder, faults, stdin, write }: ReaderLoop): Promise<number> {
  const say = (text: string) => write(Buffer.from(text))
  if (!disk || folder === undefined) {
    await say('missing folder\n')
    return 1
  }
  await say('ready\n')
  for await (const line of createInterface({ input: stdin })) {
    const [verb, ...words] = line.split(' ')
    const name = decodeName(words.at(-1) ?? '')
    const path = posix.join(folder, name)
    const file = disk.find(path)
    if (verb === 'now') {
      await say(`now ${seconds(disk.now())}\n`)
    } else if (verb === 'tools') {
      await say(`${['tools', ...(faults.compressors ?? ['gzip', 'zstd'])].join(' ')}\n`)
    } else if (verb === 'list') {
      for (const listed of disk.names(folder)) {
        const item = disk.find(posix.join(folder, listed))
        if (item) await say(`item ${identity(item)} ${Buffer.byteLength(listed)}\n${listed}\n`)
      }
      await say('end\n')
    } else if (!file) {
      await say('none\n')
    } else if (verb === 'stat') {
      await say(`file ${identity(file)}\n`)
    } else if (verb === 'sha256') {
      const digest = createHash('sha256').update(file.bytes).digest('hex')
      await say(`sha256 ${faults.wrongDigest ? '0'.repeat(64) : digest}\n`)
    } else if (verb === 'range') {
      const [offset, length] = words.slice(0, 2).map(Number) as [number, number]
      await say(`range ${identity(file)}\n`)
      if (offset + length > file.bytes.byteLength) continue
      await write(file.bytes.subarray(offset, offset + length))
      faults.duringRange?.(disk, path)
      const now = disk.find(path)
      if (!now || identity(now) !== identity(file)) return 3
      await say('done\n')
    }
  }
  return 0
}

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000)

export const identity = ({ bytes, modified, inode }: NodeFile): string =>
  `${bytes.byteLength} ${seconds(modified)} ${inode}`

/** Octal escapes stand for bytes, which together are UTF-8. */
export const decodeName = (word: string): string =>
  Buffer.from(
    word.replace(/\\0([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
    'latin1',
  ).toString()
