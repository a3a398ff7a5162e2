export { type Field, type Fields, type FieldType, optional, repeated, required } from './field.ts'
export { formatIpAddress } from './ip-address.ts'
export { hasUnknownFields, lazy, type Message, type MessageType, message } from './message.ts'
export { type JsonValue, presentBytes, presentMessage } from './present.ts'
export {
  flags,
  hex,
  ipAddress,
  kernelDevice,
  names,
  quotedPrintable,
  statDevice,
} from './presentation.ts'
export {
  bool,
  bytes,
  enumeration,
  fixed64,
  int32,
  int64,
  sint32,
  sint64,
  string,
  uint32,
  uint64,
} from './types.ts'
export { WireReader } from './wire-reader.ts'
