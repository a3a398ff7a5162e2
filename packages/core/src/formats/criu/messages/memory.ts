import {
  bool,
  flags,
  hex,
  int32,
  message,
  optional,
  repeated,
  required,
  sint64,
  string,
  uint32,
  uint64,
} from '../schema/index.ts'
import { sealFlags } from './file-flags.ts'

export const protectionFlags = { PROT_READ: 1, PROT_WRITE: 2, PROT_EXEC: 4 }

export const mappingFlags = {
  MAP_SHARED: 1,
  MAP_PRIVATE: 2,
  MAP_DROPPABLE: 8,
  MAP_ANON: 0x20,
  MAP_GROWSDOWN: 0x100,
}

/** What CRIU found out about a mapping. */
export const vmaStatus = {
  VMA_AREA_REGULAR: 1 << 0,
  VMA_AREA_STACK: 1 << 1,
  VMA_AREA_VSYSCALL: 1 << 2,
  VMA_AREA_VDSO: 1 << 3,
  VMA_AREA_HEAP: 1 << 5,
  VMA_FILE_PRIVATE: 1 << 6,
  VMA_FILE_SHARED: 1 << 7,
  VMA_ANON_SHARED: 1 << 8,
  VMA_ANON_PRIVATE: 1 << 9,
  VMA_AREA_SYSVIPC: 1 << 10,
  VMA_AREA_SOCKET: 1 << 11,
  VMA_AREA_VVAR: 1 << 12,
  VMA_AREA_AIORING: 1 << 13,
  VMA_AREA_MEMFD: 1 << 14,
  VMA_AREA_SHSTK: 1 << 15,
  VMA_AREA_UPROBES: 1 << 17,
  VMA_UNSUPP: 1 << 31,
}

/** A mapping `[start, end)`. */
export const vma_entry = message('vma_entry', {
  start: required(1, uint64, hex),
  end: required(2, uint64, hex),
  pgoff: required(3, uint64),
  /** Of shared memory; of a mapped file, its ID in `files.img`. */
  shmid: required(4, uint64),
  prot: required(5, uint32, flags(protectionFlags)),
  flags: required(6, uint32, flags(mappingFlags)),
  status: required(7, uint32, flags(vmaStatus)),
  fd: required(8, sint64),
  /** Bit n stands for advice n of madvise(2). */
  madv: optional(9, uint64, hex),
  fdflags: optional(10, uint32, hex),
})

const aio_ring_entry = message('aio_ring_entry', {
  id: required(1, uint64),
  nr_req: required(2, uint32),
  ring_len: required(3, uint32),
})

/** `mm-PID.img`: an address space. */
export const mm_entry = message('mm_entry', {
  mm_start_code: required(1, uint64, hex),
  mm_end_code: required(2, uint64, hex),
  mm_start_data: required(3, uint64, hex),
  mm_end_data: required(4, uint64, hex),
  mm_start_stack: required(5, uint64, hex),
  mm_start_brk: required(6, uint64, hex),
  mm_brk: required(7, uint64, hex),
  mm_arg_start: required(8, uint64, hex),
  mm_arg_end: required(9, uint64, hex),
  mm_env_start: required(10, uint64, hex),
  mm_env_end: required(11, uint64, hex),
  /** In `files.img`. */
  exe_file_id: required(12, uint32),
  /** Pairs of type and value. */
  mm_saved_auxv: repeated(13, uint64),
  vmas: repeated(14, vma_entry),
  dumpable: optional(15, int32),
  aios: repeated(16, aio_ring_entry),
  thp_disabled: optional(17, bool),
})

/** `memfd.img`: a file that memfd_create(2) made. */
export const memfd_inode_entry = message('memfd_inode_entry', {
  name: required(1, string),
  uid: required(2, uint32),
  gid: required(3, uint32),
  size: required(4, uint64),
  /** Its bytes are in `pagemap-shmem-SHMID.img`. */
  shmid: required(5, uint32),
  seals: required(6, uint32, flags(sealFlags)),
  inode_id: required(7, uint64),
  hugetlb_flag: optional(8, uint32),
  mode: optional(9, uint32),
})
