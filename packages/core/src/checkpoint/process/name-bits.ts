/** The names of the bits that are set, and in hexadecimal what has no name. */
export function nameBits(value: number, bits: Readonly<Record<string, number>>): readonly string[] {
  const named = Object.entries(bits).filter(([, bit]) => (value & bit) !== 0)
  const rest = named.reduce((left, [, bit]) => left & ~bit, value) >>> 0
  return [...named.map(([name]) => name), ...(rest === 0 ? [] : [`0x${rest.toString(16)}`])]
}
