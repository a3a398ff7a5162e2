import type { ByteSource, ReadOptions } from '../../bytes/index.ts'
import type { Entry, Payload } from './entries.ts'
import { CriuError } from './errors.ts'
import type { ImageType } from './image-type.ts'
import { imageTypes } from './image-types.ts'
import { readEntries } from './read-entries.ts'
import { type JsonValue, presentBytes, presentMessage } from './schema/index.ts'

export interface CritOptions extends ReadOptions {
  /** Numbers as in `crit show`; else as in `crit decode`. */
  readonly pretty: boolean
  /** What follows messages, as `extra`; else its size alone, as with CRIT's `--nopl`. */
  readonly payloads: boolean
}

/** An entry as CRIT writes it. */
export type CritEntry = { readonly [name: string]: JsonValue }

// In base64 a string, which JavaScript allows no more than 512 MiB.
const maxPayloadLength = 256 * 1024 * 1024

/**
 * The entries of an image as CRIT writes them. Memory: a batch of entries, and one entry's payloads.
 * @throws {CriuError} BAD_MAGIC; IMAGE_TRUNCATED; IMAGE_TOO_LARGE; BAD_MESSAGE.
 * @see pycriu/images/images.py
 */
export async function* readCritEntries(
  type: ImageType<unknown>,
  source: ByteSource,
  options: CritOptions,
): AsyncGenerator<CritEntry> {
  const { payloadLengths, inner } = type.layout
  const hasExtra = payloadLengths !== undefined || inner !== undefined
  for await (const group of readGroups(type, source, options)) {
    const fields = presentMessage(group.entry.type, group.entry.message, options.pretty)
    // Of a ghost file CRIT gives the content or nothing, and none to the message that only says that pieces follow.
    const omitted = type === imageTypes.GHOST_FILE && (group.entry.payloads.length === 0 || !options.payloads)
    const size = sizeOf(group)
    if (!hasExtra || omitted) {
      yield fields
    } else if (!options.payloads) {
      yield { ...fields, extra: `... <${formatSize(size)}>` }
    } else if (size <= maxPayloadLength) {
      yield { ...fields, extra: await readExtra(type, group, source, options) }
    } else {
      throw new CriuError('IMAGE_TOO_LARGE', `${source.label}: ${size} bytes of data in one entry`, {
        hint: 'Leave such data out with --no-payload.',
      })
    }
  }
}

/** An entry and the messages that belong to it. */
interface Group {
  readonly entry: Entry<unknown>
  readonly inner: readonly Entry<unknown>[]
}

async function* readGroups(
  type: ImageType<unknown>,
  source: ByteSource,
  options: ReadOptions,
): AsyncGenerator<Group> {
  const innerType = type.layout.inner?.layout.type
  let group: { entry: Entry<unknown>; inner: Entry<unknown>[] } | undefined
  for await (const batch of readEntries(type, source, options)) {
    for (const entry of batch) {
      if (group && entry.type === innerType) {
        group.inner.push(entry)
      } else {
        if (group) yield group
        group = { entry, inner: [] }
      }
    }
  }
  if (group) yield group
}

async function readExtra(
  type: ImageType<unknown>,
  { entry, inner }: Group,
  source: ByteSource,
  options: ReadOptions,
): Promise<JsonValue> {
  const read = ({ offset, length }: Payload) => source.read(offset, length, options)
  const parts: Uint8Array[] = []
  for (const payload of entry.payloads) parts.push(await read(payload))
  const [first = new Uint8Array(), second = new Uint8Array()] = parts
  switch (type) {
    case imageTypes.TCP_STREAM:
      return { inq: presentBytes(first), outq: presentBytes(second) }
    case imageTypes.IPCNS_SEM: {
      const view = new DataView(first.buffer, first.byteOffset, first.byteLength)
      return Array.from({ length: first.length / 2 }, (_, at) => view.getUint16(at * 2, true))
    }
    case imageTypes.IPCNS_MSG: {
      const all: JsonValue[] = []
      for (const { type, message, payloads } of inner) {
        all.push(presentMessage(type, message, false))
        for (const payload of payloads) all.push(presentBytes(await read(payload)))
      }
      return all
    }
  }
  return presentBytes(Buffer.concat(parts))
}

const sizeOf = ({ entry, inner }: Group): number =>
  inner.reduce((sum, { length, payloads }) => sum + length + lengthOf(payloads), lengthOf(entry.payloads))

const lengthOf = (payloads: readonly Payload[]): number =>
  payloads.reduce((sum, { length }) => sum + length, 0)

function formatSize(size: number): string {
  const units = ['', 'K', 'M', 'G', 'T', 'P', 'E', 'Z']
  const power = units.findIndex((_, index) => size < 1024 ** (index + 1))
  const value = size / 1024 ** power
  return `${Number.isInteger(value) ? value : value.toFixed(1)}${units[power]}B`
}
