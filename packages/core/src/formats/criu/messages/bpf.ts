import { bool, flags, message, optional, required, sint32, string, uint32, uint64 } from '../schema/index.ts'
import { openFlags } from './file-flags.ts'
import { fown_entry } from './file-owner.ts'

export const bpfmap_file_entry = message('bpfmap_file_entry', {
  id: required(1, uint32),
  flags: required(2, uint32, flags(openFlags)),
  pos: required(3, uint64),
  fown: required(4, fown_entry),
  map_type: required(5, uint32),
  key_size: required(6, uint32),
  value_size: required(7, uint32),
  map_id: required(8, uint32),
  max_entries: required(9, uint32),
  map_flags: required(10, uint32),
  memlock: required(11, uint64),
  frozen: required(12, bool),
  map_name: required(13, string),
  ifindex: required(14, uint32),
  mnt_id: optional(15, sint32),
  map_extra: optional(16, uint64),
})

/** `bpfmap-data.img`: followed by the keys and then the values. */
export const bpfmap_data_entry = message('bpfmap_data_entry', {
  map_id: required(1, uint32),
  keys_bytes: required(2, uint32),
  values_bytes: required(3, uint32),
  count: required(4, uint32),
})
