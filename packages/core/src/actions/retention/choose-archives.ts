import { basename, dirname, join } from 'node:path/posix'
import type { NodeArchive } from '../../documents/index.ts'
import { NodeFilesError } from '../../remote/node-files/index.ts'
import { archiveOnNode } from '../archive-name.ts'
import { type ArchiveReference, parseArchiveReference } from '../archive-reference.ts'
import type { ArchiveSelection } from '../archives/archive-selection.ts'
import { gatherArchives } from '../archives/gather-archives.ts'
import { listSettled } from '../archives/list-settled.ts'
import { pinName } from '../archives/parse-pin.ts'
import type { Context } from '../context.ts'
import { ActionError, beingWritten } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { type ItemFailure, reportFailure } from '../item-failure.ts'
import type { ArchivePlace } from '../plan-archives.ts'
import { openScope, type Scope } from '../scope.ts'
import { isKubeletArchive } from './is-kubelet-archive.ts'
import type { DeletionRequest, PlannedRemovals } from './plan-deletion.ts'
import { type PrunePolicy, planPrune, planRemoval } from './plan-prune.ts'

type NodeReference = Extract<ArchiveReference, { kind: 'node' }>

/** What `planPruning` does. */
export async function chooseByPolicy(
  selection: ArchiveSelection,
  policy: PrunePolicy,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<PlannedRemovals> {
  await using scope = await openScope(context, emit, signal, 'delete')
  const { archives, failures } = await gatherArchives(scope, selection)
  const ours = archives.filter(({ path }) => isKubeletArchive(basename(path)))
  return { ...planPrune(ours, policy, context.clock.now()), failures }
}

/** What `planDeletion` does. */
export async function chooseNamed(
  request: DeletionRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<PlannedRemovals> {
  const { archives: names, all = false, ...conditions } = request
  const references = names.map((text) => parseReference(text))
  const named = references.filter((reference) => reference.kind === 'node')
  const targets = references.flatMap((reference) => (reference.kind === 'target' ? reference.target : []))
  const isSelecting = targets.length > 0 || conditions.selector !== undefined || all
  if (names.length === 0 && !isSelecting) throw unclear('nothing is named that is to be deleted')
  const isNarrowed = Object.keys(conditions).length > 0
  if ((names.length > 0 && all) || (named.length > 0 && targets.length === 0 && isNarrowed)) {
    throw unclear('archives are named, and others are chosen, too')
  }
  await using scope = await openScope(context, emit, signal, 'delete')
  const found = await Promise.all(named.map((reference) => findNamed(scope, reference)))
  const selected = isSelecting
    ? await gatherArchives(scope, { ...conditions, ...(targets.length > 0 && { targets }) })
    : { archives: [], failures: [] }
  const ours = selected.archives.filter(({ path }) => isKubeletArchive(basename(path)))
  const archives = new Map(
    [...found.flatMap((one) => ('archive' in one ? one : [])), ...ours].map((one) => [one.archive, one]),
  )
  const plan = planRemoval([...archives.values()].map((archive) => ({ archive, because: 'named' })))
  return { ...plan, failures: [...found.flatMap((one) => ('error' in one ? one : [])), ...selected.failures] }
}

/** @throws {ActionError} ARCHIVE_REFERENCE_INVALID */
function parseReference(text: string) {
  const reference = parseArchiveReference(text, false)
  if (reference.kind === 'target' || (reference.kind === 'node' && isKubeletArchive(reference.file)))
    return reference
  throw new ActionError('ARCHIVE_REFERENCE_INVALID', `${text} is no archive of a kubelet's on a node`, {
    hint: 'Name one as NODE:checkpoint-….tar, or all of a container as POD/CONTAINER.',
  })
}

const unclear = (message: string): ActionError =>
  new ActionError('CHOICE_UNCLEAR', message, {
    hint: 'Name archives or containers, or choose by labels with -l, or say --all.',
  })

/** An archive that was named: it can go, or there is a reason. */
async function findNamed(scope: Scope, reference: NodeReference): Promise<NodeArchive | ItemFailure> {
  const { node, file, folder: directory = await scope.archiveFolder(node) } = reference
  const path = join(directory, file)
  const item = archiveOnNode(node, path)
  try {
    return await describeNamed(scope, item, { node, path })
  } catch (error) {
    return reportFailure(scope, item, error)
  }
}

/** @throws {NodeFilesError} NODE_FILE_NOT_FOUND; NODE_FILE_PINNED. @throws {ActionError} ARCHIVE_BEING_WRITTEN */
async function describeNamed(
  { readers, clock, signal }: Scope,
  item: string,
  { node, path }: ArchivePlace,
): Promise<NodeArchive> {
  const name = basename(path)
  const folder = readers.folder(node, dirname(path))
  const { files, growing } = await listSettled(folder, clock, { isWanted: (one) => one === name, signal })
  const file = files.find((one) => one.name === name)
  if (!file) {
    throw new NodeFilesError('NODE_FILE_NOT_FOUND', `${folder.label}: no file ${name}`, {
      hint: `See what is there with: kubectl checkpoint get -A --node ${node}`,
    })
  }
  if (files.some((one) => one.name === pinName(name))) {
    throw new NodeFilesError('NODE_FILE_PINNED', `${item} is pinned`, {
      hint: 'To delete it all the same, remove its pin before: kubectl checkpoint unkeep',
    })
  }
  if (growing.has(name)) {
    throw beingWritten(item)
  }
  return {
    archive: item,
    node,
    path,
    sizeBytes: file.size,
    modifiedAt: new Date(file.mtimeSeconds * 1000).toISOString(),
    inode: file.inode,
    state: 'complete',
    podStatus: 'unknown',
  }
}
