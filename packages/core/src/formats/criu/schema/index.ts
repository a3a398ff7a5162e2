export { type Field, type FieldType, optional, repeated, required } from './field.ts'
export { type Message, type MessageType, message, unknownFields } from './message.ts'
export {
  flags,
  hex,
  ipAddress,
  kernelDevice,
  names,
  type Presentation,
  quotedPrintable,
  statDevice,
} from './presentation.ts'
export {
  bool,
  bytes,
  enumeration,
  fixed32,
  fixed64,
  int32,
  int64,
  sint32,
  string,
  uint32,
  uint64,
} from './types.ts'
