import { dirname } from 'node:path/posix'
import type { CatalogueEntry } from '../../catalogue/index.ts'
import type { NodeSettings } from '../context.ts'

/** Where the kubelet puts archives unless its root folder was moved. */
export const defaultArchiveFolder = '/var/lib/kubelet/checkpoints'

/**
 * Where the kubelet of a node puts archives. The path is in no API, so it is what the user says of the kubelet's root
 * folder, else where the newest archive went that this machine knows of. `read` is called once, when first needed.
 */
export function archiveFolders(
  settings: NodeSettings,
  read: () => Promise<readonly CatalogueEntry[]>,
): (node: string) => Promise<string> {
  let learning: Promise<ReadonlyMap<string, string>> | undefined
  return async (node) => {
    const root = settings.findKubeletRoot(node)
    if (root !== undefined) return `${root}/checkpoints`
    learning ??= read().then(learnFolders)
    return (await learning).get(node) ?? defaultArchiveFolder
  }
}

/** By node; the newest entry counts. */
const learnFolders = (entries: readonly CatalogueEntry[]): ReadonlyMap<string, string> =>
  new Map(entries.flatMap((entry) => (entry.kind === 'taken' ? [[entry.node, dirname(entry.path)]] : [])))
