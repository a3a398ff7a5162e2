import type { FilesRequest, FindFilesRequest } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'
import { UsageError } from '../usage-error.ts'
import { text } from './text.ts'

/** The archive that each of the commands is about. */
export const archiveArgument = {
  type: 'string',
  demandOption: true,
  describe: 'A local file or folder, NODE:FILE, oci://IMAGE, or POD/CONTAINER for its newest archive',
} as const

interface ArchiveFlags {
  readonly archive: string
  readonly container: string | undefined
  readonly 'keep-spool': boolean | undefined
}

export const filesRequest = ({ archive, container, ...flags }: ArchiveFlags): FilesRequest => ({
  archive,
  ...(container === undefined ? {} : { container }),
  ...(flags['keep-spool'] ? { keepSpool: true } : {}),
})

const listing = 'Listing:'
const conditions = 'Conditions, all of which must hold:'
const extracting = 'Extracting:'

export const listFilesFlags = {
  recursive: { group: listing, alias: 'R', type: 'boolean', describe: 'Also what is in folders within' },
} as const satisfies Record<string, Options>

export const findFilesFlags = {
  name: { group: conditions, ...text, describe: "Name, as a shell's pattern: '*.log'" },
  type: {
    group: conditions,
    ...text,
    describe: 'Among f,d,l,b,c,p,s: files, directories, links, devices, pipes, sockets',
  },
  change: {
    group: conditions,
    ...text,
    describe:
      'Among changed (or added), deleted, replaced (folders made anew) and present (in volumes or memory, with nothing to compare to)',
  },
  size: {
    group: conditions,
    ...text,
    describe: 'Files of more than (+1M), less than (-10k) or just this size',
  },
  newer: { group: conditions, ...text, describe: 'Modified after a time: 2026-11-23T13:00:00Z' },
  contains: {
    group: conditions,
    ...text,
    describe: 'Files with this text in them; memory of processes is not searched',
  },
} as const satisfies Record<string, Options>

export const extractFilesFlags = {
  to: { group: extracting, ...text, describe: 'Folder to extract to; made for you alone if it is not there' },
  overwrite: { group: extracting, type: 'boolean', describe: 'Replace files that are there already' },
  'same-permissions': {
    group: extracting,
    type: 'boolean',
    describe: 'Keep setuid and setgid bits, too',
  },
  'same-owner': {
    group: extracting,
    type: 'boolean',
    describe: 'Keep users and groups by their numbers; needs root',
  },
  devices: { group: extracting, type: 'boolean', describe: 'Make devices and pipes, too; devices need root' },
} as const satisfies Record<string, Options>

export type FindFilesFlags = InferredOptionTypes<typeof findFilesFlags>

/** What `find` looks for. @throws {UsageError} */
export function findConditions(
  flags: FindFilesFlags,
): Pick<FindFilesRequest, 'name' | 'types' | 'changes' | 'size' | 'newerThan' | 'contains'> {
  const { name, type, change, size, newer, contains } = flags
  return {
    ...(name === undefined ? {} : { name }),
    ...(type === undefined ? {} : { types: parseList('type', type, types).flat() }),
    ...(change === undefined ? {} : { changes: parseList('change', change, changes) }),
    ...(size === undefined ? {} : { size: parseSize(size) }),
    ...(newer === undefined ? {} : { newerThan: parseTime(newer) }),
    ...(contains === undefined ? {} : { contains }),
  }
}

/** As find(1) has them; deleted files of which only the name is left are of no type. */
const types = {
  f: 'file',
  d: 'directory',
  l: 'symlink',
  b: 'block-device',
  c: 'character-device',
  p: 'fifo',
  s: 'socket',
} as const

const changes = {
  changed: 'changed',
  replaced: 'replaced',
  deleted: 'deleted',
  mount: 'mount',
  present: 'present',
} as const

function parseList<Value>(
  flag: string,
  text: string,
  values: Readonly<Record<string, Value>>,
): readonly Value[] {
  return text.split(',').map((word) => {
    const value = Object.hasOwn(values, word) ? values[word] : undefined
    if (value !== undefined) return value
    const known = Object.keys(values).join(', ')
    throw new UsageError(`--${flag}: ${JSON.stringify(word)} is not known; there are ${known}`)
  })
}

const powers: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 }
const comparisons: Readonly<Record<string, 'more' | 'less'>> = { '+': 'more', '-': 'less' }

function parseSize(text: string): NonNullable<FindFilesRequest['size']> {
  const [, sign = '', amount, unit = ''] = /^([+-]?)(\d{1,12})([kmgt]?)$/i.exec(text) ?? []
  if (amount === undefined) {
    throw new UsageError(`--size: ${JSON.stringify(text)} is not a size such as +1M, -10k or 512`)
  }
  const bytes = Number(amount) * 1024 ** (powers[unit.toLowerCase()] ?? 0)
  return { compare: comparisons[sign] ?? 'equal', bytes }
}

function parseTime(text: string): Date {
  // Without a time zone, a time is of this machine's, and a date of UTC: as JavaScript reads ISO 8601.
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)
    ? new Date(text)
    : undefined
  if (time && !Number.isNaN(time.getTime())) return time
  throw new UsageError(`--newer: ${JSON.stringify(text)} is not a time such as 2026-11-23T13:00:00Z`)
}
