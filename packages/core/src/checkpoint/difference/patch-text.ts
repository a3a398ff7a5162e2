/** Longer files are only said to differ. */
export const longestText = 256 * 1024
/** Lines added and removed; what differs in more is another text. */
const mostEdits = 2000

/**
 * What `diff -u` writes from `a` to `b`, without its header; undefined if one is no text in UTF-8, or they have little
 * in common.
 */
export async function patchText(a: Uint8Array, b: Uint8Array): Promise<string | undefined> {
  const [before, after] = [decode(a), decode(b)]
  if (before === undefined || after === undefined) return undefined
  const { createTwoFilesPatch, OMIT_HEADERS } = await import('diff')
  return createTwoFilesPatch('a', 'b', before, after, undefined, undefined, {
    maxEditLength: mostEdits,
    headerOptions: OMIT_HEADERS,
  })
}

function decode(bytes: Uint8Array): string | undefined {
  if (bytes.length > longestText || bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
