import { isWithin } from './paths.ts'
import type { Facts } from './rule.ts'

/** Where a program lies that the image didn't bring. */
export type ExecutablePlace =
  /** In a file that is in no folder. */
  | { readonly kind: 'memory' }
  /** Where every program may write, and nothing outlives the container. */
  | { readonly kind: 'temporary'; readonly folder: string }
  | { readonly kind: 'volume'; readonly folder: string; readonly source?: string }

interface Mount {
  readonly type?: string | undefined
  readonly source?: string | undefined
  readonly options: readonly string[]
}

const temporaryFolders = ['/tmp', '/var/tmp', '/dev/shm', '/run/shm']

// Linux knows no longer paths. Without a limit, a crafted one would take the square of its length.
const maxPathLength = 4096

/**
 * Says of paths where they lie; undefined of those in the image's own root filesystem, and in mounts that can't be
 * written to.
 */
export function executablePlaces({
  spec,
  mounts = [],
}: Facts): (path: string) => ExecutablePlace | undefined {
  const byFolder = new Map<string, Mount>([
    ...mounts.map((mount) => [mount.mountPoint, mount] as const),
    // What the engine asked for says more than what CRIU found, which knows no node's paths.
    ...(spec?.mounts ?? []).map((mount) => [mount.destination, mount] as const),
  ])
  return (path) => {
    if (path.startsWith('/memfd:')) return { kind: 'memory' }
    const temporary = temporaryFolders.find((folder) => isWithin(path, folder))
    if (temporary !== undefined) return { kind: 'temporary', folder: temporary }
    const folder = foldersOf(path).find((one) => byFolder.has(one))
    const mount = folder === undefined ? undefined : byFolder.get(folder)
    if (folder === undefined || !mount || mount.options.includes('ro')) return undefined
    if (mount.type === 'tmpfs') return { kind: 'temporary', folder }
    return { kind: 'volume', folder, ...(mount.source === undefined ? {} : { source: mount.source }) }
  }
}

/** The path itself and all folders above it but the root, the nearest first. */
function foldersOf(path: string): readonly string[] {
  if (path.length > maxPathLength) return []
  const folders: string[] = []
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) folders.push(path.slice(0, end))
  return folders
}
