import pLimit from 'p-limit'
import type { Clock } from '../../clock.ts'
import { type NodeFile, type NodeFolder, sameIdentity } from '../../remote/node-files/index.ts'
import { type HasEnd, hasEnd } from './has-end.ts'

export interface SettledListing {
  readonly files: readonly NodeFile[]
  /** The names of archives that something still writes to. */
  readonly growing: ReadonlySet<string>
}

export interface SettledOptions {
  /** By the name of a file. Default: each. */
  readonly isWanted?: (fileName: string) => boolean
  readonly isEnded?: HasEnd
  readonly signal: AbortSignal
}

/** Whoever writes an archive makes shorter pauses, or on a slow disk longer ones: then its end is not there yet. */
const youngSeconds = 10
const perhapsPausedSeconds = 3600
const settledMs = 1100

/** Their requests share a connection, which thus never idles. */
const readAtOnce = 8

/**
 * The files of a node's folder, and which of the archives among them that `isWanted` are still being written: those that
 * were written to lately are looked at once more, a second later, and of those of the last hour the end is read. Ages
 * are by the node's own clock.
 */
export async function listSettled(
  folder: NodeFolder,
  clock: Clock,
  { isWanted = () => true, isEnded = hasEnd, signal }: SettledOptions,
): Promise<SettledListing> {
  const [now, first] = await Promise.all([folder.now(signal), folder.list(signal)])
  const isSince = (seconds: number) => {
    return ({ name, mtimeSeconds }: NodeFile) =>
      name.endsWith('.tar') && mtimeSeconds > now - seconds && isWanted(name)
  }
  const isYoung = isSince(youngSeconds)
  const files = first.some(isYoung) ? await listAgain(folder, clock, signal) : first
  const before = new Map(first.map((file) => [file.name, file]))
  const isChanging = (file: NodeFile): boolean => {
    const earlier = before.get(file.name)
    return isYoung(file) && !(earlier && sameIdentity(earlier, file))
  }
  const limit = pLimit(readAtOnce)
  const growing = await Promise.all(
    files
      .filter(isSince(perhapsPausedSeconds))
      .map(async (file) =>
        isChanging(file) || !(await limit(() => isEnded(folder, file, signal))) ? [file.name] : [],
      ),
  )
  return { files, growing: new Set(growing.flat()) }
}

async function listAgain(folder: NodeFolder, clock: Clock, signal: AbortSignal): Promise<NodeFile[]> {
  await clock.sleep(settledMs, signal)
  return folder.list(signal)
}
