import { formatAddress } from './format-address.ts'
import { parseNetlinkMessages } from './netlink-messages.ts'

export interface InterfaceAddress {
  readonly interfaceIndex: number
  /** `10.244.1.11/24`, or `10.0.0.1 peer 10.0.0.2/32` of a point-to-point link. */
  readonly address: string
}

const magic = 0x47361222
const headLength = 8
const attribute = { address: 1, local: 2 }

/**
 * The addresses of interfaces: `ifaddr-NS.img`, what `ip addr save` writes.
 * @throws {CriuError} BAD_MAGIC; IMAGE_TRUNCATED.
 */
export const parseInterfaceAddresses = (bytes: Uint8Array, where: string): readonly InterfaceAddress[] =>
  Array.from(parseNetlinkMessages(bytes, magic, headLength, where), ({ head, attributes }) => {
    const prefixLength = head.getUint8(1)
    const address = formatAddress(attributes.get(attribute.address))
    const local = formatAddress(attributes.get(attribute.local)) ?? address
    const peer = local === address ? '' : ` peer ${address}`
    return { interfaceIndex: head.getUint32(4, true), address: `${local}${peer}/${prefixLength}` }
  })
