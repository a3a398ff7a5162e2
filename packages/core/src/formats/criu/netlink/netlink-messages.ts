import { CriuError } from '../errors.ts'

/** A message of rtnetlink, without its attributes' values taken apart. */
export interface NetlinkMessage {
  /** The fixed part, as long as the kind of message demands. */
  readonly head: DataView
  /** Values by their numbers; of a number that comes twice the last. */
  readonly attributes: ReadonlyMap<number, Uint8Array>
}

const alignment = 4
const align = (length: number): number => Math.ceil(length / alignment) * alignment
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/**
 * The messages of what `ip addr save`, `ip route save` and `ip rule save` write, which CRIU keeps as it is: a magic
 * word, then messages of `length u32, type u16, flags u16, sequence u32, port u32`, a fixed head, and attributes of
 * `length u16, number u16, value`, each at a multiple of four bytes. Words are the machine's, little-endian on all that
 * we know.
 * @param magic What the dump must begin with.
 * @param headLength Bytes of the fixed head.
 * @param where For messages: the source's label.
 * @throws {CriuError} BAD_MAGIC; IMAGE_TRUNCATED.
 * @see linux/netlink.h, linux/rtnetlink.h; iproute2
 */
export function* parseNetlinkMessages(
  bytes: Uint8Array,
  magic: number,
  headLength: number,
  where: string,
): Generator<NetlinkMessage> {
  const view = viewOf(bytes)
  if (bytes.length < 4) throw truncated(where)
  if (view.getUint32(0, true) !== magic) {
    throw new CriuError('BAD_MAGIC', `${where} is not what ip(8) saves: it begins otherwise`)
  }
  const headerLength = 16
  for (let offset = 4; offset < bytes.length; ) {
    if (offset + headerLength > bytes.length) throw truncated(where)
    const length = view.getUint32(offset, true)
    if (length < headerLength + headLength || length > bytes.length - offset) throw truncated(where)
    const message = bytes.subarray(offset + headerLength, offset + length)
    yield {
      head: viewOf(message.subarray(0, headLength)),
      attributes: parseAttributes(message.subarray(align(headLength)), where),
    }
    offset += align(length)
  }
}

function parseAttributes(bytes: Uint8Array, where: string): ReadonlyMap<number, Uint8Array> {
  const attributes = new Map<number, Uint8Array>()
  const view = viewOf(bytes)
  const headerLength = 4
  // The highest bits of the number say how the value is coded.
  const numberMask = 0x3fff
  for (let offset = 0; offset + headerLength <= bytes.length; ) {
    const length = view.getUint16(offset, true)
    if (length < headerLength || length > bytes.length - offset) throw truncated(where)
    const number = view.getUint16(offset + 2, true) & numberMask
    attributes.set(number, bytes.subarray(offset + headerLength, offset + length))
    offset += align(length)
  }
  return attributes
}

const truncated = (where: string): CriuError =>
  new CriuError('IMAGE_TRUNCATED', `${where} ends inside a message`, {
    hint: 'The checkpoint was not written completely, or was damaged since. Make a new one.',
  })
