import type { FieldType } from './field.ts'

export const uint32: FieldType<number> = { name: 'uint32', wireType: 0, read: (reader) => reader.uint32() }
export const int32: FieldType<number> = { name: 'int32', wireType: 0, read: (reader) => reader.int32() }
export const sint32: FieldType<number> = { name: 'sint32', wireType: 0, read: (reader) => reader.sint32() }
export const uint64: FieldType<bigint> = { name: 'uint64', wireType: 0, read: (reader) => reader.uint64() }
export const int64: FieldType<bigint> = { name: 'int64', wireType: 0, read: (reader) => reader.int64() }
export const sint64: FieldType<bigint> = { name: 'sint64', wireType: 0, read: (reader) => reader.sint64() }
export const fixed64: FieldType<bigint> = { name: 'fixed64', wireType: 1, read: (reader) => reader.fixed64() }
export const bool: FieldType<boolean> = { name: 'bool', wireType: 0, read: (reader) => reader.bool() }
/** Invalid UTF-8 becomes U+FFFD. */
export const string: FieldType<string> = { name: 'string', wireType: 2, read: (reader) => reader.string() }
/** Shares the memory of the image. */
export const bytes: FieldType<Uint8Array> = { name: 'bytes', wireType: 2, read: (reader) => reader.bytes() }

/** A number that stands for a name. Numbers without one, of a newer CRIU, stay as they are. */
export const enumeration = (names: Readonly<Record<number, string>>): FieldType<number> => ({
  name: 'enum',
  wireType: 0,
  read: (reader) => reader.int32(),
  names,
})
