import type { MappingDocument } from '../../documents/index.ts'
import type { Mapping, Mm } from '../../formats/criu/index.ts'
import type { FileTables } from './file-tables.ts'
import type { StoredBytes } from './page-counts.ts'
import { type FileName, showPath } from './show-path.ts'

/** A mapping as `/proc/PID/maps` shows it, and what of it is stored. */
export function describeMapping(
  mapping: Mapping,
  mm: Mm,
  tables: FileTables,
  stored: StoredBytes,
): MappingDocument {
  const name = nameMapping(mapping, mm, tables)
  return {
    start: hex(mapping.start),
    end: hex(mapping.end),
    permissions: showPermissions(mapping),
    ...(mapping.fileId !== undefined && { offset: hex(mapping.offset) }),
    ...(name && { path: name.path }),
    ...(name?.deleted && { deleted: true }),
    presentBytes: stored.present,
    ...(stored.parent > 0 && { parentBytes: stored.parent }),
    ...(stored.lazy > 0 && { lazyBytes: stored.lazy }),
  }
}

const hex = (value: bigint): string => `0x${value.toString(16)}`

const showPermissions = ({ permissions: { read, write, execute, shared } }: Mapping): string =>
  `${read ? 'r' : '-'}${write ? 'w' : '-'}${execute ? 'x' : '-'}${shared ? 's' : 'p'}`

function nameMapping(mapping: Mapping, mm: Mm, tables: FileTables): FileName | undefined {
  const file = mapping.fileId === undefined ? undefined : tables.files.get(mapping.fileId)
  if (file) return showPath(file, tables)
  if (mapping.kind === 'system-v') {
    const key = tables.systemVKeys.get(mapping.sharedMemoryId ?? -1) ?? 0
    return { path: `/SYSV${(key >>> 0).toString(16).padStart(8, '0')}`, deleted: true }
  }
  const special = specialNames[mapping.kind]
  if (special) return special
  // The kernel's rule. CRIU writes down what the kernel said of the heap, but not of the stack.
  const isStack =
    mapping.kind === 'anonymous' && mapping.start <= mm.stackStart && mm.stackStart <= mapping.end
  return isStack ? { path: '[stack]', deleted: false } : undefined
}

const specialNames: Readonly<Partial<Record<Mapping['kind'], FileName>>> = {
  heap: { path: '[heap]', deleted: false },
  stack: { path: '[stack]', deleted: false },
  vdso: { path: '[vdso]', deleted: false },
  vvar: { path: '[vvar]', deleted: false },
  vsyscall: { path: '[vsyscall]', deleted: false },
  uprobes: { path: '[uprobes]', deleted: false },
  'async-io': { path: '/[aio]', deleted: true },
  'shared-anonymous': { path: '/dev/zero', deleted: true },
}
