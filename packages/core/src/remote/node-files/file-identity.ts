/** What tells one state of a file from another: modification time in whole seconds, as every `stat` gives it. */
export interface FileIdentity {
  readonly size: number
  readonly mtimeSeconds: number
  readonly inode: string
}

export const sameIdentity = (a: FileIdentity, b: FileIdentity): boolean =>
  a.size === b.size && a.mtimeSeconds === b.mtimeSeconds && a.inode === b.inode

/** What a `Date` can tell, before and after 1970. */
const longestTimeSeconds = 8.64e12

/** Of the words SIZE MTIME INODE; undefined if they are others. */
export function parseIdentity(words: readonly (string | undefined)[]): FileIdentity | undefined {
  const [size, mtime, inode] = words
  const numeric = words.length === 3 && /^\d{1,20} -?\d{1,20} \d{1,20}$/.test(words.join(' '))
  const safe = Number.isSafeInteger(Number(size)) && Math.abs(Number(mtime)) <= longestTimeSeconds
  return numeric && safe
    ? { size: Number(size), mtimeSeconds: Number(mtime), inode: String(inode) }
    : undefined
}
