/**
 * The text of an address in words of 32 bits, which CRIU read from memory in network order on a little-endian
 * machine: one for IPv4, four for IPv6. None for any other number of words.
 */
export function formatIpAddress(words: readonly number[]): string | undefined {
  const bytes = words.flatMap((word) => [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24])
  if (bytes.length === 4) return bytes.join('.')
  return bytes.length === 16 ? formatIpv6Address(bytes) : undefined
}

/** As RFC 5952 demands: without leading zeros, the longest run of zeros left out, an embedded IPv4 as such. */
export function formatIpv6Address(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0))
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${bytes.slice(12).join('.')}`
  }
  const zeros = longestZeros(groups)
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':')
  if (zeros.length < 2) return text(groups)
  return `${text(groups.slice(0, zeros.start))}::${text(groups.slice(zeros.start + zeros.length))}`
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 }
  let start = 0
  for (const [at, group] of groups.entries()) {
    if (group !== 0) start = at + 1
    else if (at + 1 - start > longest.length) longest = { start, length: at + 1 - start }
  }
  return longest
}
