import { listArchives } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { archiveSelection } from '../flags/archive-selection.ts'
import { parseSortBy } from '../flags/sort-by.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { archiveListView, describeNothing } from '../output/archive-list.ts'
import { parseOutputFormat } from '../output/format.ts'
import { showOutcome } from '../show.ts'
import type { GetFlags } from './get.ts'

export async function runGet(flags: GetFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  const order = flags['sort-by'] === undefined ? undefined : parseSortBy(flags['sort-by'])
  await using context = openContext(flags, io)
  const selection = archiveSelection(flags.targets ?? [], flags)
  const found = await follow(listArchives(selection, context, { signal: io.signal }), io)
  const sorted = order ? { ...found, archives: found.archives.toSorted(order) } : found
  const view = archiveListView(new Date(context.clock.now()))
  const exitCode = await showOutcome(sorted, found.nodesAsked, view, format, flags, io)
  if (format.kind === 'text' && found.archives.length === 0) io.stderr.write(describeNothing(found))
  return exitCode
}
