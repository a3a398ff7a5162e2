import { type Look, type LookInside, lookInside } from './look-inside.ts'

/** A look is a few words; of more files than that, some are looked into again. */
const mostLooks = 50_000

/** Looks into a file again only where it has become another. */
export function rememberLooks(): LookInside {
  const looks = new Map<string, Look>()
  return async (folder, file, signal) => {
    const { name, size, mtimeSeconds, inode } = file
    const key = [folder.label, size, mtimeSeconds, inode, name].join(' ')
    const known = looks.get(key)
    if (known) return known
    const look = await lookInside(folder, file, signal)
    if (looks.size === mostLooks) looks.clear()
    // Of one that is gone or changed, the next list tells.
    if (look.kind === 'opened' || look.kind === 'unreadable') looks.set(key, look)
    return look
  }
}
