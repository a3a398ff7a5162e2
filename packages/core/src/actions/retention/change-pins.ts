import { basename, dirname } from 'node:path/posix'
import type { PinChange } from '../../documents/index.ts'
import { quote } from '../../quote.ts'
import { NodeFilesError, type WritableNodeFolder } from '../../remote/node-files/index.ts'
import { archiveOnNode } from '../archive-name.ts'
import { type ClusterReference, parseClusterReference } from '../archive-reference.ts'
import { longestPin, parsePin, pinName } from '../archives/parse-pin.ts'
import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { type ItemFailure, reportFailure } from '../item-failure.ts'
import { planArchives, type WantedArchive } from '../plan-archives.ts'
import { openScope, type Scope } from '../scope.ts'
import { type ChangingArchive, changeEach } from './change-each.ts'
import type { PinChanges, PinRequest } from './keep-archives.ts'

const longestNote = 4096

/** What `keepArchives` does. */
export async function pinArchives(
  { note = '', ...request }: PinRequest & { readonly note?: string },
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<PinChanges> {
  checkNote(note)
  const references = request.archives.map(parseClusterReference)
  await using scope = await openScope(context, emit, signal, 'delete')
  const text = note === '' ? '' : `${note}\n`
  return await changePins(scope, references, request.container, async (folder, fileName) =>
    (await folder.pin(fileName, text, signal)) ? 'pinned' : 'already-pinned',
  )
}

/** What `unkeepArchives` does. */
export async function unpinArchives(
  request: PinRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<PinChanges> {
  const references = request.archives.map(parseClusterReference)
  await using scope = await openScope(context, emit, signal, 'delete')
  return await changePins(
    scope,
    references,
    request.container,
    async (folder, fileName, { node, path, archive }) => {
      const identity = await findManualPin(scope, node, path, archive)
      return (await folder.unpin(fileName, identity, signal)) ? 'unpinned' : 'not-pinned'
    },
  )
}

async function changePins(
  scope: Scope,
  references: readonly ClusterReference[],
  container: string | undefined,
  change: (
    folder: WritableNodeFolder,
    fileName: string,
    archive: ChangingArchive,
  ) => Promise<PinChange['change']>,
): Promise<PinChanges> {
  const wanted = await Promise.all(references.map((reference) => planArchives(scope, reference, container)))
  const located = await Promise.all(wanted.flat().map((archive) => locateOne(scope, archive)))
  const places = located.flatMap((place) => ('node' in place ? place : []))
  const archives = new Map(places.map((place) => [place.archive, place]))
  const changed = await changeEach(
    scope,
    [...archives.values()],
    'pinning',
    async (folder, fileName, one) => ({
      archive: one.archive,
      change: await change(folder, fileName, one),
    }),
  )
  const outcomes = [...located, ...changed]
  return {
    changes: outcomes.flatMap((outcome) => ('change' in outcome ? outcome : [])),
    failures: outcomes.flatMap((outcome) => ('error' in outcome ? outcome : [])),
  }
}

/** The state of the pin of an archive; undefined if there is none that can be opened. @throws {ActionError} PIN_MANAGED */
async function findManualPin({ readers, signal }: Scope, node: string, path: string, archive: string) {
  const folder = readers.folder(node, dirname(path))
  try {
    const source = await folder.open(pinName(basename(path)), signal)
    const text = await source.read(0, Math.min(source.size, longestPin), { signal })
    const pin = parsePin(new TextDecoder().decode(text))
    if (pin.kind === 'managed') throw managed(archive, pin.managedBy, pin.owners)
    return source.identity
  } catch (error) {
    if (!(error instanceof NodeFilesError && error.code === 'NODE_FILE_NOT_FOUND')) throw error
    // Of an archive that is gone, too, it would be wrong to say that it is not pinned.
    await folder.open(basename(path), signal)
    return undefined
  }
}

const managed = (archive: string, by = '', owners: readonly string[] = []): ActionError =>
  new ActionError(
    'PIN_MANAGED',
    `${archive} is kept by ${quote(by)}${owners.length > 0 ? ` for ${quote(owners.join(', '))}` : ''}`,
    {
      hint: 'It would be pinned again at once: delete what it is kept for, and its pin goes.',
    },
  )

async function locateOne(
  scope: Scope,
  { item, locate }: WantedArchive,
): Promise<ChangingArchive | ItemFailure> {
  try {
    const { node, path } = await locate()
    return { node, path, archive: archiveOnNode(node, path) }
  } catch (error) {
    return reportFailure(scope, item, error)
  }
}

/** @throws {ActionError} PIN_NOTE_INVALID */
function checkNote(note: string): void {
  const isTooLong = Buffer.byteLength(note) > longestNote
  if (!isTooLong && parsePin(note).kind === 'manual') return
  throw new ActionError(
    'PIN_NOTE_INVALID',
    isTooLong ? `the note is longer than ${longestNote} bytes` : 'the note reads like the pin of a program',
    { hint: 'Say in a few words why the archive is kept.' },
  )
}
