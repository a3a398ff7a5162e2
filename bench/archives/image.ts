import { readFile, writeFile } from 'node:fs/promises'
import { buildMessage, type Field, parseFields } from './message.ts'

/** An image of CRIU's: two magic numbers, and messages with their lengths in front. */
export interface Image {
  readonly magic: Uint8Array
  readonly messages: readonly (readonly Field[])[]
}

const magicLength = 8

export async function readImage(path: string): Promise<Image> {
  const bytes = await readFile(path)
  const messages: Field[][] = []
  for (let at = magicLength; at < bytes.length; ) {
    const start = at + 4
    at = start + bytes.readUInt32LE(at)
    messages.push(parseFields(bytes.subarray(start, at)))
  }
  return { magic: bytes.subarray(0, magicLength), messages }
}

export const writeImage = (path: string, { magic, messages }: Image): Promise<void> =>
  writeFile(path, Buffer.concat([magic, ...messages.flatMap(frame)]))

function frame(fields: readonly Field[]): Buffer[] {
  const message = buildMessage(fields)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(message.length)
  return [length, message]
}
