import {
  enumeration,
  message,
  optional,
  repeated,
  required,
  string,
  uint32,
  uint64,
} from '../schema/index.ts'

const vendor = {
  0: 'UNKNOWN',
  1: 'INTEL',
  2: 'AMD',
} as const

const cpuinfo_x86_entry = message('cpuinfo_x86_entry', {
  vendor_id: required(1, enumeration(vendor)),
  cpu_family: required(2, uint32),
  model: required(3, uint32),
  stepping: required(4, uint32),
  capability_ver: required(5, uint32),
  capability: repeated(6, uint32),
  model_id: optional(7, string),
  xfeatures_mask: optional(8, uint64),
  xsave_size: optional(9, uint32),
  xsave_size_max: optional(10, uint32),
})

const endianness = {
  0: 'BIGENDIAN',
  1: 'LITTLEENDIAN',
} as const

const cpuinfo_ppc64_entry = message('cpuinfo_ppc64_entry', {
  endian: required(1, enumeration(endianness)),
  hwcap: repeated(2, uint64),
})

const cpuinfo_s390_entry = message('cpuinfo_s390_entry', {
  hwcap: repeated(2, uint64),
})

/** `cpuinfo.img`: what the processor can. */
export const cpuinfo_entry = message('cpuinfo_entry', {
  x86_entry: repeated(1, cpuinfo_x86_entry),
  ppc64_entry: repeated(2, cpuinfo_ppc64_entry),
  s390_entry: repeated(3, cpuinfo_s390_entry),
})
