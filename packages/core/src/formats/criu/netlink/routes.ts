import { formatAddress, formatPrefix, nameTable, readWord } from './format-address.ts'
import { type NetlinkMessage, parseNetlinkMessages } from './netlink-messages.ts'

const magic = 0x45311224
const headLength = 12
const attribute = { target: 1, outgoing: 4, gateway: 5, metric: 6, source: 7, hops: 9, table: 15 }

const types: readonly string[] = [
  'unspecified',
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
  'nat',
]
const protocols: Readonly<Record<number, string>> = {
  1: 'redirect',
  2: 'kernel',
  4: 'static',
  9: 'ra',
  16: 'dhcp',
  186: 'bgp',
}
const scopes: Readonly<Record<number, string>> = { 200: 'site', 253: 'link', 254: 'host', 255: 'nowhere' }
/** By hand, of the main table, and reachable through others: what `ip route` doesn't mention. */
const usual = { type: 1, protocol: 3, table: 254, scope: 0 }
const ipv6 = 10

/**
 * Routes as `ip route` shows them: `route-NS.img` and `route6-NS.img`, what `ip route save` writes.
 * @param nameInterface The name of the interface with this index.
 * @throws {CriuError} BAD_MAGIC; IMAGE_TRUNCATED.
 */
export const parseRoutes = (
  bytes: Uint8Array,
  where: string,
  nameInterface: (index: number) => string,
): readonly string[] =>
  Array.from(parseNetlinkMessages(bytes, magic, headLength, where), (message) =>
    describeRoute(message, nameInterface),
  )

function describeRoute(
  { head, attributes }: NetlinkMessage,
  nameInterface: (index: number) => string,
): string {
  const [family, prefixLength, table, protocol, scope, type] = [0, 1, 4, 5, 6, 7].map((at) =>
    head.getUint8(at),
  )
  const gateway = formatAddress(attributes.get(attribute.gateway))
  const outgoing = readWord(attributes.get(attribute.outgoing))
  const wideTable = readWord(attributes.get(attribute.table)) ?? table ?? 0
  const source = formatAddress(attributes.get(attribute.source))
  const metric = readWord(attributes.get(attribute.metric))
  return [
    type !== usual.type && (types[type ?? 0] ?? `type ${type}`),
    formatPrefix(attributes.get(attribute.target), prefixLength ?? 0, 'default'),
    gateway !== undefined && `via ${gateway}`,
    outgoing !== undefined && `dev ${nameInterface(outgoing)}`,
    wideTable !== usual.table && `table ${nameTable(wideTable)}`,
    protocol !== usual.protocol && `proto ${protocols[protocol ?? 0] ?? protocol}`,
    // IPv6 has none; a route without a way has none that would say something.
    family !== ipv6 && scope !== usual.scope && `scope ${scopes[scope ?? 0] ?? scope}`,
    source !== undefined && `src ${source}`,
    metric !== undefined && `metric ${metric}`,
    ...listHops(attributes.get(attribute.hops), nameInterface),
  ]
    .filter((part) => part !== false)
    .join(' ')
}

/** Each hop: `length u16, flags u8, weight - 1 u8, interface u32`, then attributes. */
function* listHops(
  bytes: Uint8Array = new Uint8Array(),
  nameInterface: (index: number) => string,
): Generator<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const hopHeadLength = 8
  for (let offset = 0; offset + hopHeadLength <= bytes.length; ) {
    const length = view.getUint16(offset, true)
    if (length < hopHeadLength || length > bytes.length - offset) return
    // Its first attribute, of four bytes before the value, is the gateway if there is one.
    const gateway = formatAddress(bytes.subarray(offset + hopHeadLength + 4, offset + length))
    const via = gateway === undefined ? '' : `via ${gateway} `
    yield `nexthop ${via}dev ${nameInterface(view.getUint32(offset + 4, true))} weight ${view.getUint8(offset + 3) + 1}`
    offset += length
  }
}
