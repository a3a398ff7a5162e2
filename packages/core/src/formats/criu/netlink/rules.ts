import { formatPrefix, nameTable, readWord } from './format-address.ts'
import { type NetlinkMessage, parseNetlinkMessages } from './netlink-messages.ts'

const magic = 0x71706986
const headLength = 12
const attribute = {
  target: 1,
  source: 2,
  incoming: 3,
  goto: 4,
  priority: 6,
  mark: 10,
  table: 15,
  markMask: 16,
  outgoing: 17,
}

/** FR_ACT_ of linux/fib_rules.h that look up no table. */
const actions: Readonly<Record<number, string>> = {
  3: 'nop',
  6: 'blackhole',
  7: 'unreachable',
  8: 'prohibit',
}
const gotoAction = 2
const wholeMask = 0xffff_ffff

/**
 * Routing rules as `ip rule` shows them: `rule-NS.img`, what `ip rule save` writes.
 * @throws {CriuError} BAD_MAGIC; IMAGE_TRUNCATED.
 */
export const parseRules = (bytes: Uint8Array, where: string): readonly string[] =>
  Array.from(parseNetlinkMessages(bytes, magic, headLength, where), describeRule)

function describeRule({ head, attributes }: NetlinkMessage): string {
  const [targetLength, sourceLength, table, action] = [1, 2, 4, 7].map((at) => head.getUint8(at))
  const target = formatPrefix(attributes.get(attribute.target), targetLength ?? 0, '')
  const incoming = attributes.get(attribute.incoming)
  const outgoing = attributes.get(attribute.outgoing)
  return [
    `${readWord(attributes.get(attribute.priority)) ?? 0}:`,
    `from ${formatPrefix(attributes.get(attribute.source), sourceLength ?? 0, 'all')}`,
    target !== '' && `to ${target}`,
    describeMark(attributes),
    incoming !== undefined && `iif ${readName(incoming)}`,
    outgoing !== undefined && `oif ${readName(outgoing)}`,
    action === gotoAction
      ? `goto ${readWord(attributes.get(attribute.goto)) ?? 0}`
      : (actions[action ?? 0] ??
        `lookup ${nameTable(readWord(attributes.get(attribute.table)) ?? table ?? 0)}`),
  ]
    .filter((part) => part !== false)
    .join(' ')
}

function describeMark(attributes: NetlinkMessage['attributes']): string | false {
  const mark = readWord(attributes.get(attribute.mark))
  const mask = readWord(attributes.get(attribute.markMask))
  if (mark === undefined || (mark === 0 && mask === undefined)) return false
  const suffix = mask === undefined || mask === wholeMask ? '' : `/0x${mask.toString(16)}`
  return `fwmark 0x${mark.toString(16)}${suffix}`
}

/** A text that ends with a NUL. */
const readName = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replace(/\0.*$/s, '')
