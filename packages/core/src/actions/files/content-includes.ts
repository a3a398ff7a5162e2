import type { ReadOptions } from '../../bytes/index.ts'
import { type FileContent, readContent } from '../../checkpoint/filesystem/index.ts'

/** Whether `wanted`, which has a byte at least, stands anywhere in the file. Reads up to there; holes aren't searched. */
export async function contentIncludes(
  content: FileContent,
  wanted: Buffer,
  options: ReadOptions,
): Promise<boolean> {
  let end = 0
  let tail: Uint8Array = new Uint8Array(0)
  for await (const { offset, bytes } of readContent(content, options)) {
    const window = Buffer.concat(offset === end ? [tail, bytes] : [bytes])
    if (window.includes(wanted)) return true
    // What may be the beginning of it.
    tail = window.subarray(Math.max(0, window.length - wanted.length + 1))
    end = offset + bytes.length
  }
  return false
}
