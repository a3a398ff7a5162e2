import { type DescMessage, fromBinary, isFieldSet, type Message, type MessageShape } from '@bufbuild/protobuf'
import { FeatureSet_FieldPresence } from '@bufbuild/protobuf/wkt'
import { CriuError } from './errors.ts'

/**
 * Decodes one message. Fields that the schema doesn't know are kept in `$unknown`.
 * @throws {CriuError} BAD_MESSAGE, also where a required field is missing: protobuf-es would give its zero.
 */
export function parseMessage<Desc extends DescMessage>(
  schema: Desc,
  bytes: Uint8Array,
  where: string,
): MessageShape<Desc> {
  const message = decode(schema, bytes, where)
  const missing = findMissing(schema, message)
  if (missing) throw new CriuError('BAD_MESSAGE', `${where}: a ${schema.name} lacks ${missing}`)
  return message
}

/**
 * Decodes the message of an image that holds exactly one.
 * @throws {CriuError} BAD_MESSAGE
 */
export function parseOnlyMessage<Desc extends DescMessage>(
  schema: Desc,
  messages: Iterable<Uint8Array>,
  where: string,
): MessageShape<Desc> {
  const [only, another] = messages
  if (!only || another) {
    throw new CriuError('BAD_MESSAGE', `${where}: not exactly one ${schema.name}`)
  }
  return parseMessage(schema, only, where)
}

function decode<Desc extends DescMessage>(
  schema: Desc,
  bytes: Uint8Array,
  where: string,
): MessageShape<Desc> {
  try {
    return fromBinary(schema, bytes)
  } catch (cause) {
    throw new CriuError('BAD_MESSAGE', `${where}: a ${schema.name} can't be decoded`, { cause })
  }
}

/** The name of a required field that isn't there, in the message or in one inside it. */
function findMissing(schema: DescMessage, message: Message): string | undefined {
  for (const field of schema.fields) {
    const isSet = isFieldSet(message, field)
    if (field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED && !isSet) return field.name
    if (field.fieldKind === 'message' && isSet) {
      const inner = (message as unknown as Readonly<Record<string, Message>>)[field.localName]
      const missing = inner && findMissing(field.message, inner)
      if (missing) return missing
    }
  }
  return undefined
}
