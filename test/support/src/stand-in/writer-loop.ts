import { posix } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { NodeDisk } from './node-disk.ts'
import { decodeName, identity } from './reader-loop.ts'

export interface WriterLoop {
  readonly disk: NodeDisk
  /** On the node. */
  readonly folder: string
  readonly stdin: Readable
  write(bytes: Uint8Array): Promise<void>
}

/**
 * Does what core's writer script does in a pod, without a shell, on a disk that has nothing but regular files: its test
 * compares the two on the same requests. Returns the exit code.
 */
export async function runWriterLoop({ disk, folder, stdin, write }: WriterLoop): Promise<number> {
  const say = (text: string) => write(Buffer.from(`${text}\n`))
  const erase = (path: string, state: string): string => {
    const file = disk.find(path)
    if (!file) return 'none'
    if (identity(file) !== state) return 'changed'
    disk.remove(path)
    return 'done'
  }
  const answer = (verb: string, words: readonly string[]): string => {
    const name = decodeName((verb === 'pin' ? words[0] : words[3]) ?? '')
    if (!/^checkpoint-[^/]*\.tar$/s.test(name)) return 'refused'
    const path = posix.join(folder, name)
    const pin = `${path}.keep`
    const state = words.slice(0, 3).join(' ')
    if (verb === 'unpin') return erase(pin, state)
    if (disk.find(pin)) return 'pinned'
    if (verb === 'remove') return erase(path, state)
    if (!disk.find(path)) return 'none'
    disk.write(pin, Buffer.from(decodeName(words[1] ?? ''), 'utf8'))
    return 'done'
  }
  await say('ready')
  for await (const line of createInterface({ input: stdin })) {
    const [verb = '', ...words] = line.split(' ')
    await say(answer(verb, words))
  }
  return 0
}
