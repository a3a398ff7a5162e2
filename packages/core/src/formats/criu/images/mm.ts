import { imageTypes } from '../image-types.ts'
import {
  mappingFlags,
  type mm_entry,
  protectionFlags,
  type vma_entry,
  vmaStatus,
} from '../messages/memory.ts'
import { imageOfOne } from '../read-image.ts'
import type { Message } from '../schema/index.ts'

/** Addresses `[start, end)` of a process. */
export interface AddressRange {
  readonly start: bigint
  readonly end: bigint
}

/** What a process's address space holds where. */
export interface Mm {
  readonly code: AddressRange
  readonly data: AddressRange
  /** What brk(2) has set. */
  readonly heap: AddressRange
  readonly stackStart: bigint
  /** Argument strings, each ended by a NUL, as the process has left them. */
  readonly args: AddressRange
  /** The environment in the same form. */
  readonly env: AddressRange
  /** The executable's id in `files.img`. */
  readonly exeFileId: number
  /** The auxiliary vector: AT_ numbers and their values. */
  readonly auxiliaryVector: readonly { readonly type: bigint; readonly value: bigint }[]
  /** In ascending order. */
  readonly mappings: readonly Mapping[]
  /** As PR_GET_DUMPABLE gives it. */
  readonly dumpable?: number
  readonly asyncIoRings: readonly AsyncIoRing[]
  readonly hugePagesDisabled: boolean
}

export interface AsyncIoRing {
  /** Its address. */
  readonly id: bigint
  readonly requestCount: number
  readonly byteLength: number
}

export type MappingKind =
  | 'anonymous'
  | 'shared-anonymous'
  | 'file'
  | 'shared-file'
  | 'heap'
  | 'stack'
  | 'vdso'
  | 'vvar'
  | 'vsyscall'
  | 'system-v'
  | 'memfd'
  | 'socket'
  | 'async-io'
  | 'shadow-stack'
  | 'uprobes'
  | 'unsupported'

export interface Mapping extends AddressRange {
  readonly kind: MappingKind
  readonly permissions: {
    readonly read: boolean
    readonly write: boolean
    readonly execute: boolean
    readonly shared: boolean
  }
  /** Of kinds with a file behind them: its ID in `files.img`. */
  readonly fileId?: number
  /** Of shared memory: its bytes are in `pagemap-shmem-ID.img`. */
  readonly sharedMemoryId?: number
  /** Where in the file or the shared memory it starts, in bytes. */
  readonly offset: bigint
  readonly growsDown: boolean
  /** Advice of madvise(2) that it has been given. */
  readonly advice: readonly number[]
}

/** `mm-PID.img` */
export const mmImage = imageOfOne(imageTypes.MM, buildMm)

function buildMm(mm: Message<typeof mm_entry>): Mm {
  return {
    code: { start: mm.mm_start_code, end: mm.mm_end_code },
    data: { start: mm.mm_start_data, end: mm.mm_end_data },
    heap: { start: mm.mm_start_brk, end: mm.mm_brk },
    stackStart: mm.mm_start_stack,
    args: { start: mm.mm_arg_start, end: mm.mm_arg_end },
    env: { start: mm.mm_env_start, end: mm.mm_env_end },
    exeFileId: mm.exe_file_id,
    auxiliaryVector: pairs(mm.mm_saved_auxv),
    // Guard pages are listed behind the mappings that they lie in, and are none themselves.
    mappings: mm.vmas.filter(({ status }) => (status & guardStatus) === 0).map(buildMapping),
    ...(mm.dumpable !== undefined && { dumpable: mm.dumpable }),
    asyncIoRings: mm.aios.map(({ id, nr_req, ring_len }) => ({
      id,
      requestCount: nr_req,
      byteLength: ring_len,
    })),
    hugePagesDisabled: mm.thp_disabled ?? false,
  }
}

/** VMA_AREA_GUARD */
const guardStatus = 1 << 16

function buildMapping(vma: Message<typeof vma_entry>): Mapping {
  const is = (status: keyof typeof vmaStatus) => (vma.status & vmaStatus[status]) !== 0
  const kind = kinds.find(([status]) => is(status))?.[1] ?? 'unsupported'
  const hasFile = is('VMA_FILE_PRIVATE') || is('VMA_FILE_SHARED') || is('VMA_AREA_SOCKET')
  const isShared = is('VMA_ANON_SHARED') && !hasFile
  return {
    start: vma.start,
    end: vma.end,
    kind,
    permissions: {
      read: (vma.prot & protectionFlags.PROT_READ) !== 0,
      write: (vma.prot & protectionFlags.PROT_WRITE) !== 0,
      execute: (vma.prot & protectionFlags.PROT_EXEC) !== 0,
      shared: (vma.flags & mappingFlags.MAP_SHARED) !== 0,
    },
    ...(hasFile && { fileId: Number(vma.shmid) }),
    ...(isShared && { sharedMemoryId: Number(vma.shmid) }),
    offset: vma.pgoff,
    growsDown: (vma.flags & mappingFlags.MAP_GROWSDOWN) !== 0,
    advice: bitsOf(vma.madv ?? 0n),
  }
}

/** The first that is so. Special areas come first, which are also private or shared memory. */
const kinds: readonly (readonly [keyof typeof vmaStatus, MappingKind])[] = [
  ['VMA_AREA_STACK', 'stack'],
  ['VMA_AREA_HEAP', 'heap'],
  ['VMA_AREA_VDSO', 'vdso'],
  ['VMA_AREA_VVAR', 'vvar'],
  ['VMA_AREA_VSYSCALL', 'vsyscall'],
  ['VMA_AREA_SYSVIPC', 'system-v'],
  ['VMA_AREA_MEMFD', 'memfd'],
  ['VMA_AREA_SOCKET', 'socket'],
  ['VMA_AREA_AIORING', 'async-io'],
  ['VMA_AREA_SHSTK', 'shadow-stack'],
  ['VMA_AREA_UPROBES', 'uprobes'],
  ['VMA_FILE_PRIVATE', 'file'],
  ['VMA_FILE_SHARED', 'shared-file'],
  ['VMA_ANON_SHARED', 'shared-anonymous'],
  ['VMA_ANON_PRIVATE', 'anonymous'],
]

const pairs = (values: readonly bigint[]) =>
  Array.from({ length: Math.floor(values.length / 2) }, (_, at) => ({
    type: values[at * 2] ?? 0n,
    value: values[at * 2 + 1] ?? 0n,
  }))

const noBits: readonly number[] = []

// Nearly all mappings have none, and there may be many mappings.
const bitsOf = (mask: bigint): readonly number[] =>
  mask === 0n
    ? noBits
    : Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => (mask >> BigInt(bit)) & 1n)
