import { printable } from './printable.ts'

/** Makes what a terminal would obey visible in text that comes in pieces; lines and tabs stay. */
export function printableText(): (bytes: Uint8Array) => string {
  const decoder = new TextDecoder()
  return (bytes) => decoder.decode(bytes, { stream: true }).replace(/[^\n\t]+/g, printable)
}
