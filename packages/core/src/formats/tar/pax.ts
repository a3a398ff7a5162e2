import { quote } from '../../quote.ts'
import { TarError } from './errors.ts'

/** What extended records say about an entry, in place of its header. */
export interface PaxRecords {
  readonly path?: string
  readonly linkpath?: string
  readonly size?: number
  readonly mtimeSeconds?: number
  readonly uid?: number
  readonly gid?: number
}

const text = new TextDecoder()

/**
 * Parses the data of an extended header: records `LENGTH KEY=VALUE\n`, where LENGTH counts the whole record. Of the
 * keys, those of `PaxRecords` are kept.
 * @param where For messages: source and offset.
 * @throws {TarError} BAD_PAX for anything out of grammar, never a part of the records; SPARSE_UNSUPPORTED.
 */
export function parsePax(bytes: Uint8Array, where: string): PaxRecords {
  let records: PaxRecords = {}
  for (let offset = 0; offset < bytes.length; ) {
    const { key, value, end } = parseRecord(bytes, offset, where)
    if (key.startsWith('GNU.sparse.')) throw sparseUnsupported(where)
    records = { ...records, ...parseValue(key, value, where) }
    offset = end
  }
  return records
}

/** The refusal of a sparse file, however the archive says that it is one. */
export const sparseUnsupported = (where: string): TarError =>
  new TarError('SPARSE_UNSUPPORTED', `${where}: a sparse file`, {
    hint: 'Pack the archive anew without --sparse.',
  })

interface Record {
  readonly key: string
  readonly value: string
  readonly end: number
}

function parseRecord(bytes: Uint8Array, offset: number, where: string): Record {
  const malformed = (what: string) => new TarError('BAD_PAX', `${where}: ${what} in an extended header`)
  const space = bytes.indexOf(0x20, offset)
  // No length of a record has more digits than a header may have bytes.
  if (space === -1 || space - offset > 8) throw malformed('no length')
  const digits = text.decode(bytes.subarray(offset, space))
  if (!/^[1-9][0-9]*$/.test(digits)) throw malformed('no length')
  const end = offset + Number(digits)
  if (end > bytes.length || end <= space + 1 || bytes[end - 1] !== 0x0a) throw malformed('a wrong length')
  const equals = bytes.indexOf(0x3d, space)
  if (equals === -1 || equals >= end || equals === space + 1) throw malformed('no key')
  return {
    key: text.decode(bytes.subarray(space + 1, equals)),
    value: text.decode(bytes.subarray(equals + 1, end - 1)),
    end,
  }
}

function parseValue(key: string, value: string, where: string): PaxRecords {
  const malformed = () => new TarError('BAD_PAX', `${where}: ${key} can't be ${quote(JSON.stringify(value))}`)
  const name = () => {
    if (value === '' || value.includes('\0')) throw malformed()
    return value
  }
  const number = (pattern: RegExp) => {
    const parsed = Number(value)
    if (!pattern.test(value) || Math.abs(parsed) > Number.MAX_SAFE_INTEGER) throw malformed()
    return parsed
  }
  switch (key) {
    case 'path':
      return { path: name() }
    case 'linkpath':
      return { linkpath: name() }
    case 'size':
      return { size: number(/^[0-9]+$/) }
    case 'uid':
      return { uid: number(/^[0-9]+$/) }
    case 'gid':
      return { gid: number(/^[0-9]+$/) }
    case 'mtime':
      return { mtimeSeconds: number(/^-?[0-9]+(\.[0-9]*)?$/) }
    default:
      return {}
  }
}
