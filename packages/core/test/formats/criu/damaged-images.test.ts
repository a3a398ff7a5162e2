import { ok } from 'node:assert/strict'
import { type ByteSource, memorySource } from '@kubectl-checkpoint/core/bytes'
import * as criu from '@kubectl-checkpoint/core/formats/criu'
import { readSet, sets } from './real-images.ts'

const kinds = Object.values<unknown>(criu).filter(
  (value): value is criu.ImageKind<unknown> => typeof value === 'object' && value !== null && 'read' in value,
)

// Of a large image, not each byte is tried, but some of every message.
const maxPlaces = 200

/** What reading of any sort makes of an image. */
async function readAll(source: ByteSource, kinds: readonly criu.ImageKind<unknown>[]): Promise<void> {
  for (const kind of kinds) await attempt(() => criu.readImage(kind, source))
  await attempt(async () => {
    const type = await criu.readImageType(source)
    for await (const _ of criu.readCritEntries(type, source, { pretty: true, payloads: true }));
  })
}

async function attempt(read: () => Promise<unknown>): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (!(error instanceof criu.CriuError)) throw error
  }
}

/** The smallest image of each type in the sets. */
async function smallest(): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>()
  for (const { source, recorded } of sets.flatMap(readSet)) {
    const name = recorded?.decode.magic
    if (name === undefined || source.size > (found.get(name)?.length ?? Infinity)) continue
    found.set(name, await source.read(0, source.size))
  }
  return found
}

const isReadBy = (bytes: Uint8Array) => async (kind: criu.ImageKind<unknown>) => {
  try {
    await criu.readImage(kind, memorySource(bytes))
    return true
  } catch {
    return false
  }
}

describe('a damaged image', () => {
  it('ends in a value or a typed error, wherever it is cut or changed', async () => {
    let places = 0
    for (const [name, bytes] of await smallest()) {
      const able = await Promise.all(kinds.map(isReadBy(bytes)))
      const reading = kinds.filter((_, index) => able[index])
      const step = Math.ceil(bytes.length / maxPlaces)
      for (let at = 0; at < bytes.length; at += step) {
        const byte = bytes[at] ?? 0
        places += 1
        await readAll(memorySource(bytes.subarray(0, at), name), reading)
        for (const changed of [byte ^ 0x80, byte + 1]) {
          await readAll(memorySource(Uint8Array.from(bytes).fill(changed, at, at + 1), name), reading)
        }
      }
    }
    ok(places > 2000, `${places} places`)
  }).timeout(60_000)
})
