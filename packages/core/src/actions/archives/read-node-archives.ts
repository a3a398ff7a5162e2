import { join } from 'node:path/posix'
import pLimit from 'p-limit'
import type { TakenEntry } from '../../catalogue/index.ts'
import type { NodeArchive } from '../../documents/index.ts'
import { CheckpointError } from '../../errors.ts'
import type { NodeFile, NodeFolder } from '../../remote/node-files/index.ts'
import { archiveOnNode } from '../archive-name.ts'
import type { Scope } from '../scope.ts'
import type { ArchiveFilter } from './archive-selection.ts'
import type { ArchiveNode } from './list-nodes.ts'
import { listSettled } from './list-settled.ts'
import { type Look, type Opened, ownerInside } from './look-inside.ts'
import type { Looks } from './looks.ts'
import { type ArchiveName, type ArchiveOwner, parseArchiveName } from './parse-archive-name.ts'
import { longestPin, parsePin, pinName } from './parse-pin.ts'
import type { PodIndex } from './pod-index.ts'

/** What is known before a node is asked. */
export interface Surroundings {
  readonly filter: ArchiveFilter
  readonly pods: PodIndex
  /** Checkpoints that this machine remembers, by `archiveOnNode`. */
  readonly remembered: ReadonlyMap<string, TakenEntry>
  readonly looks: Looks
}

export interface ArchivesOfNode {
  readonly archives: readonly NodeArchive[]
  /** How many there are beside, in other namespaces. */
  readonly elsewhere: number
}

/** The shortest tar that there can be: its end alone. */
const shortestTar = 1024

/** Files of one node that are looked into at a time: their requests share a connection, which thus never idles. */
const lookedIntoAtOnce = 8

/**
 * The archives on a node that `filter` wants: by two lists of its folder at most, and a few reads of those whose names
 * leave a doubt, of pins with a note, and with all namespaces of archives that no kubelet has named.
 * @throws what reading nodes throws.
 */
export async function readNodeArchives(
  { readers, clock, archiveFolder }: Pick<Scope, 'readers' | 'clock' | 'archiveFolder'>,
  node: ArchiveNode,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<ArchivesOfNode> {
  const directory = await archiveFolder(node.name)
  const folder = readers.folder(node.name, directory)
  const { files, growing } = await listSettled(folder, clock, {
    isEnded: surroundings.looks.isEnded,
    signal,
  })
  const pins = new Map(files.map((file) => [file.name, file]))
  const { filter } = surroundings
  const limit = pLimit(lookedIntoAtOnce)
  let elsewhere = 0
  const archives = await Promise.all(
    files.map((file) =>
      limit(async (): Promise<NodeArchive | undefined> => {
        const isGrowing = growing.has(file.name)
        const identity = await identify(folder, file, isGrowing, node, surroundings, signal)
        if (!identity) return undefined
        if (identity.owner && !filter.matches(identity.owner, node.name)) {
          elsewhere += 1
          return undefined
        }
        const pin = pins.get(pinName(file.name))
        return describe(
          node,
          directory,
          file,
          identity,
          surroundings,
          pin && (await readPin(folder, pin, signal)),
        )
      }),
    ),
  )
  return {
    archives: archives.filter((archive) => archive !== undefined),
    elsewhere: filter.isEverything ? elsewhere : 0,
  }
}

interface Identity {
  readonly owner?: ArchiveOwner
  readonly takenAt?: Date
  readonly engine?: NodeArchive['engine']
  readonly state: NodeArchive['state']
}

/** Whose archive a file is; undefined if it is none, or not one that is asked for. */
async function identify(
  folder: NodeFolder,
  file: NodeFile,
  isGrowing: boolean,
  node: ArchiveNode,
  { filter, pods, looks: { inside: lookInside } }: Surroundings,
  signal: AbortSignal,
): Promise<Identity | undefined> {
  const name = parseArchiveName(file.name)
  if (!name) {
    const isForeign = file.name.endsWith('.tar') && filter.isEverything && filter.namespace === undefined
    return isForeign && !isGrowing ? identifyForeign(await lookInside(folder, file, signal)) : undefined
  }
  const { takenAt } = name
  const owner = guessOwner(name, pods)
  if (isGrowing) return { owner, takenAt, state: 'being-written' }
  if (file.size < shortestTar) return { owner, takenAt, state: 'unreadable' }
  const isWanted = name.owners.some((possible) => filter.matches(possible, node.name))
  if (name.owners.length === 1 || !isWanted) return { owner, takenAt, state: 'complete' }
  const look = await lookInside(folder, file, signal)
  switch (look.kind) {
    case 'gone':
      return undefined
    case 'changed':
      return { owner, takenAt, state: 'being-written' }
    case 'unreadable':
      return { owner, takenAt, state: 'unreadable' }
    case 'opened':
      return {
        owner: ownerInside(look, owner),
        takenAt,
        ...engineOf(look),
        state: 'complete',
      }
  }
}

/** The one that exists, else one whose container has a name of one word, as most have. */
function guessOwner({ owners }: ArchiveName, pods: PodIndex): ArchiveOwner {
  return (
    owners.find((owner) => pods.hasContainer(owner)) ??
    owners.find(({ container }) => !container.includes('-')) ??
    owners[0]
  )
}

const engineOf = ({ archive: { engine } }: Opened) => (engine ? { engine: engine.name } : {})

function identifyForeign(look: Look): Identity | undefined {
  if (look.kind !== 'opened') return undefined
  const { namespace, pod, name, checkpointedAt } = look.archive.container ?? {}
  return {
    ...(namespace !== undefined && pod !== undefined && name !== undefined
      ? { owner: { namespace, pod, container: name } }
      : {}),
    ...(checkpointedAt ? { takenAt: checkpointedAt } : {}),
    ...engineOf(look),
    state: 'complete',
  }
}

/** One that is removed meanwhile is none; one that can't be read, or is rewritten, pins all the same. */
async function readPin(folder: NodeFolder, pin: NodeFile, signal: AbortSignal): Promise<NodeArchive['pin']> {
  if (pin.size === 0) return parsePin('')
  try {
    const source = await folder.open(pin.name, signal)
    const bytes = await source.read(0, Math.min(source.size, longestPin), { signal })
    return parsePin(Buffer.from(bytes).toString())
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error
    if (error.code === 'NODE_FILE_NOT_FOUND') return undefined
    if (error.code === 'CHANGED') return parsePin('')
    throw error
  }
}

function describe(
  { name: node, engine: runtime }: ArchiveNode,
  directory: string,
  file: NodeFile,
  { owner, takenAt, engine = runtime, state }: Identity,
  { pods, remembered }: Surroundings,
  pin: NodeArchive['pin'],
): NodeArchive {
  const path = join(directory, file.name)
  const archive = archiveOnNode(node, path)
  const modified = new Date(file.mtimeSeconds * 1000)
  const note = remembered.get(archive)?.note
  return {
    archive,
    node,
    path,
    sizeBytes: file.size,
    modifiedAt: rfc3339(modified),
    inode: file.inode,
    ...owner,
    ...(engine && { engine }),
    ...(takenAt && { takenAt: rfc3339(takenAt) }),
    state,
    ...(pin && { pin }),
    podStatus: owner ? pods.status(owner.namespace, owner.pod, takenAt ?? modified) : 'unknown',
    ...(note !== undefined && { note }),
  }
}

/** In whole seconds, as Kubernetes writes times. */
const rfc3339 = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z')
