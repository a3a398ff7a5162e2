import type { Clock } from '../../clock.ts'
import { type NodeFile, type NodeFolder, sameIdentity } from '../../remote/node-files/index.ts'

export interface SettledListing {
  readonly files: readonly NodeFile[]
  /** The names of archives that something still writes to. */
  readonly growing: ReadonlySet<string>
}

/** Whoever writes an archive makes shorter pauses. */
const youngSeconds = 10
const settledMs = 1100

/**
 * The files of a node's folder, and which of its archives are still being written: those that were written to lately
 * are looked at once more, a second later. Ages are by the node's own clock.
 */
export async function listSettled(
  folder: NodeFolder,
  clock: Clock,
  signal?: AbortSignal,
): Promise<SettledListing> {
  const [now, first] = await Promise.all([folder.now(signal), folder.list(signal)])
  const isYoung = ({ name, mtimeSeconds }: NodeFile) =>
    name.endsWith('.tar') && mtimeSeconds > now - youngSeconds
  if (!first.some(isYoung)) return { files: first, growing: new Set() }
  await clock.sleep(settledMs, signal)
  const files = await folder.list(signal)
  const before = new Map(first.map((file) => [file.name, file]))
  const growing = files.filter((file) => {
    const earlier = before.get(file.name)
    return isYoung(file) && !(earlier && sameIdentity(earlier, file))
  })
  return { files, growing: new Set(growing.map(({ name }) => name)) }
}
