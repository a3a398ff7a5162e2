import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf'

const commonMagic = 0x54564319

/** An image file: magic words, then each message after its length. */
export const craftImage = (magic: number, messages: readonly Uint8Array[], first = commonMagic): Uint8Array =>
  Buffer.concat([words(first, magic), ...messages.flatMap((message) => [words(message.length), message])])

/** A message's bytes. */
export const craftMessage = <Desc extends DescMessage>(
  schema: Desc,
  fields: MessageInitShape<Desc>,
): Uint8Array => toBinary(schema, create(schema, fields))

/** Little-endian words of 32 bits. */
export const words = (...values: readonly number[]): Uint8Array =>
  Buffer.from(Uint32Array.from(values).buffer)
