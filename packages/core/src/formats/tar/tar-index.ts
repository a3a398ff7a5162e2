export type TarEntryType =
  | 'file'
  | 'directory'
  | 'symlink'
  | 'hardlink'
  | 'character-device'
  | 'block-device'
  | 'fifo'

/** One entry. Its name and link are the archive's own words: whoever writes files must check them first. */
export interface TarEntry {
  /** Without leading `./` and trailing `/`. */
  readonly name: string
  readonly type: TarEntryType
  /** Where its data begins in the archive. */
  readonly offset: number
  /** Bytes of data; they lie in the archive. */
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtimeSeconds: number
  readonly linkName?: string
  readonly device?: { readonly major: number; readonly minor: number }
}

export interface TarIndex {
  /** In the archive's order. Of entries with equal names the last counts, as when tar unpacks them. */
  readonly entries: readonly TarEntry[]
  /** Finds an entry by name, `./` in front or `/` at the end notwithstanding. */
  find(name: string): TarEntry | undefined
}

/** The form in which names are compared and shown. */
export function normalName(name: string): string {
  const relative = name.replace(/^(\.\/+)+/, '')
  // Not by a pattern: `/+$` takes quadratic time on a hostile name.
  let end = relative.length
  while (relative[end - 1] === '/') end -= 1
  return relative.slice(0, end)
}

/** Finds these entries by their names, which are normal already. Of equal names the last counts. */
export function buildTarIndex(entries: Iterable<TarEntry>): TarIndex {
  const byName = new Map<string, TarEntry>()
  for (const entry of entries) {
    // A file named twice to tar becomes a link to itself, which changes nothing when it is unpacked.
    if (entry.type === 'hardlink' && byName.has(entry.name) && isLinkToItself(entry)) continue
    // Deleted first, so that the later entry also takes the later place.
    byName.delete(entry.name)
    byName.set(entry.name, entry)
  }
  return {
    entries: [...byName.values()],
    find: (name) => byName.get(normalName(name)),
  }
}

const isLinkToItself = ({ name, linkName = '' }: TarEntry): boolean => normalName(linkName) === name
