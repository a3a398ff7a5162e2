import type { ByteSource, ReadOptions } from '../../bytes/index.ts'
import { quote } from '../../quote.ts'
import { TarError } from './errors.ts'
import { blockLength, hasValidChecksum, isZeroBlock, parseHeader, type TarHeader } from './header.ts'
import { type PaxRecords, parsePax, sparseUnsupported } from './pax.ts'
import { buildTarIndex, normalName, type TarEntry, type TarEntryType, type TarIndex } from './tar-index.ts'

// Far above any checkpoint, and low enough that a crafted archive fills neither the memory nor a slow connection.
const maxHeaders = 200_000
const maxExtensionLength = 1024 * 1024
const maxTextLength = 32 * 1024 * 1024

const types: Readonly<Record<string, TarEntryType>> = {
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'character-device',
  '4': 'block-device',
  '5': 'directory',
  '6': 'fifo',
  '7': 'file',
}

export interface TarIndexOptions extends ReadOptions {
  /** Told of each entry as it is found, and awaited before the next is looked for. */
  readonly onEntry?: (entry: TarEntry) => Promise<void>
}

/**
 * Reads where everything in a tar archive is (v7, ustar, PAX, GNU), hopping from header to header. Costs one read of
 * 512 bytes an entry and one each extended header: wrap a remote source in `readAhead`. What follows the end marker
 * is ignored.
 * @throws {TarError} every code.
 */
export async function readTarIndex(source: ByteSource, options: TarIndexOptions = {}): Promise<TarIndex> {
  const entries: TarEntry[] = []
  let headers = 0
  let textLength = 0
  let globals: PaxRecords = {}
  let extensions: PaxRecords = {}
  let offset = 0
  while (true) {
    const where = `${source.label} at ${offset}`
    if (offset + blockLength > source.size) {
      if (offset === 0 && source.size > 0) throw notTar(source)
      throw truncated(source, entries, 'its end marker is missing')
    }
    const block = await source.read(offset, blockLength, options)
    if (isZeroBlock(block)) return buildTarIndex(entries)
    if (offset === 0 && !hasValidChecksum(block)) throw notTar(source)
    headers += 1
    if (headers > maxHeaders) throw overLimit(where, `more than ${maxHeaders} headers`)
    const header = parseHeader(block, where)
    const dataOffset = offset + blockLength
    const dataLength = measureData(header, { ...globals, ...extensions })
    if (dataLength > source.size - dataOffset) {
      const name = extensions.path ?? header.name
      throw truncated(
        source,
        entries,
        `of ${quote(JSON.stringify(name))}, ${source.size - dataOffset} of ${dataLength} bytes are there`,
      )
    }
    const countText = (length: number) => {
      textLength += length
      if (textLength > maxTextLength) throw overLimit(where, `more than ${maxTextLength} bytes of names`)
    }
    const readExtension = async () => {
      if (dataLength > maxExtensionLength) throw overLimit(where, `an extended header of ${dataLength} bytes`)
      countText(dataLength)
      return source.read(dataOffset, dataLength, options)
    }
    switch (header.flag) {
      case 'x':
        extensions = { ...extensions, ...parsePax(await readExtension(), where) }
        break
      case 'g':
        globals = { ...globals, ...parsePax(await readExtension(), where) }
        break
      case 'L':
        extensions = { ...extensions, path: parseLongName(await readExtension(), where) }
        break
      case 'K':
        extensions = { ...extensions, linkpath: parseLongName(await readExtension(), where) }
        break
      case 'S':
        throw sparseUnsupported(where)
      default: {
        const entry = buildEntry(header, { ...globals, ...extensions }, dataOffset, dataLength)
        countText(entry.name.length + (entry.linkName?.length ?? 0))
        entries.push(entry)
        await options.onEntry?.(entry)
        extensions = {}
      }
    }
    offset = dataOffset + Math.ceil(dataLength / blockLength) * blockLength
  }
}

const isExtension = (flag: string): boolean => 'xgLK'.includes(flag)

/** Links, devices and folders have no data, whatever their size field says; records don't apply to records. */
function measureData(header: TarHeader, records: PaxRecords): number {
  if (isExtension(header.flag)) return header.size
  return '123456'.includes(header.flag) ? 0 : (records.size ?? header.size)
}

function buildEntry(header: TarHeader, records: PaxRecords, offset: number, size: number): TarEntry {
  const path = records.path ?? header.name
  const linkName = records.linkpath ?? header.linkName
  // POSIX: types that a reader doesn't know are files; v7 marked folders by their name alone.
  const type = types[header.flag] ?? 'file'
  return {
    name: normalName(path),
    type: type === 'file' && path.endsWith('/') ? 'directory' : type,
    offset,
    size,
    mode: header.mode,
    uid: records.uid ?? header.uid,
    gid: records.gid ?? header.gid,
    mtimeSeconds: records.mtimeSeconds ?? header.mtimeSeconds,
    ...(type === 'symlink' || type === 'hardlink' ? { linkName } : {}),
    ...(header.device ? { device: header.device } : {}),
  }
}

const text = new TextDecoder()

/** A GNU long name: the text up to its NUL. */
function parseLongName(bytes: Uint8Array, where: string): string {
  const end = bytes.indexOf(0)
  const name = text.decode(end === -1 ? bytes : bytes.subarray(0, end))
  if (name === '') throw new TarError('BAD_HEADER', `${where}: an empty long name`)
  return name
}

const notTar = (source: ByteSource): TarError =>
  new TarError('NOT_TAR', `${source.label} is not a tar archive`)

function truncated(source: ByteSource, entries: readonly TarEntry[], what: string): TarError {
  const last = entries.at(-1)
  const found = last ? `${entries.length}, the last ${quote(JSON.stringify(last.name))}` : 'none'
  return new TarError('TAR_TRUNCATED', `${source.label} is cut off: ${what}; whole entries: ${found}`, {
    hint: 'It may still be being written. Wait, or fetch it again.',
  })
}

const overLimit = (where: string, what: string): TarError =>
  new TarError('TAR_LIMIT', `${where}: ${what}`, { hint: 'This is not an archive of a checkpoint.' })
