/**
 * Where a link of the container leads on this machine: to the same place below the folder that stands for the
 * container's root, and never out of it. Links lead through folders that are there, which are no links themselves.
 * @param folder The parts of the path of the folder that the link is in.
 */
export function localLink(target: string, folder: readonly string[]): string {
  const parts = target.split('/').filter((part) => part !== '' && part !== '.')
  const place = target.startsWith('/') ? [] : [...folder]
  for (const part of parts) {
    // At the root, `..` leads nowhere else, as in the container.
    if (part === '..') place.pop()
    else place.push(part)
  }
  const shared = place.findIndex((part, index) => part !== folder[index])
  const depth = shared === -1 ? Math.min(place.length, folder.length) : shared
  const up = folder.slice(depth).map(() => '..')
  return [...up, ...place.slice(depth)].join('/') || '.'
}
