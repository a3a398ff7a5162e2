import { type GatheredArchives, type WatchEvent, watchArchives } from '@kubectl-checkpoint/core/actions'
import type { ArchiveChange, NodeArchive } from '@kubectl-checkpoint/core/documents'
import { openContext } from '../context.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { archiveSelection } from '../flags/archive-selection.ts'
import { parseSortBy } from '../flags/sort-by.ts'
import { openReporter } from '../follow.ts'
import type { Io } from '../io.ts'
import { archiveChangeView, archiveListView, describeNothing } from '../output/archive-list.ts'
import { type OutputFormat, parseOutputFormat } from '../output/format.ts'
import { plainReporter } from '../output/plain-reporter.ts'
import { describeLoss, describeReturn } from '../output/watch-notices.ts'
import { show, showFailures } from '../show.ts'
import type { GetFlags } from './get.ts'

/** Ends by what interrupts it, or with 0 when nobody reads any more. */
export async function runGetWatch(flags: GetFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  const order = flags['sort-by'] === undefined ? undefined : parseSortBy(flags['sort-by'])
  await using context = openContext(flags, io)
  const unread = new AbortController()
  io.stdout.once('error', () => unread.abort())
  const signal = AbortSignal.any([io.signal, unread.signal])
  const selection = archiveSelection(flags.targets ?? [], flags)
  const run = watchArchives(selection, context, { signal })
  const output = archiveOutput(flags, format, () => new Date(context.clock.now()), io)
  let reporter = openReporter(io)
  const handle = async (event: WatchEvent): Promise<void> => {
    switch (event.type) {
      case 'listed': {
        await reporter.end()
        reporter = plainReporter(io.stderr)
        const { found } = event
        await output.list(order ? { ...found, archives: found.archives.toSorted(order) } : found)
        if (format.kind === 'text' && found.archives.length === 0) io.stderr.write(describeNothing(found))
        showFailures(found.failures, found.nodesAsked, io)
        return
      }
      case 'changed':
        return output.change(event.change)
      case 'lost':
        return reporter.log(describeLoss(event.failure))
      case 'back':
        return reporter.log(describeReturn(event.item))
      default:
        return reporter.report(event)
    }
  }
  try {
    for await (const event of run) await handle(event)
    return await run.result
  } catch (error) {
    if (unread.signal.aborted) return 0
    // That is how a watch ends.
    if (io.signal.aborted) return exitCodeOf(io.signal.reason)
    throw error
  } finally {
    await reporter.end()
  }
}

/** Prints the list, and then one change after the other in its columns; for programs, every archive as a change. */
function archiveOutput(
  flags: GetFlags,
  format: OutputFormat,
  now: () => Date,
  io: Io,
): { list(found: GatheredArchives): Promise<void>; change(change: ArchiveChange): Promise<void> } {
  let above: readonly NodeArchive[] = []
  let namespace: string | undefined
  let pieces = 0
  const change = async (one: ArchiveChange): Promise<void> => {
    const isFirst = pieces === 0
    pieces += 1
    if (format.kind === 'yaml' && !isFirst) io.stdout.write('---\n')
    const view = archiveChangeView(now(), above, namespace)
    await show(one, view, format, { 'no-headers': flags['no-headers'] || !isFirst }, io)
    if (format.kind === 'jsonpath') io.stdout.write('\n')
  }
  return {
    change,
    async list(found) {
      namespace = found.namespace
      if (format.kind !== 'text') {
        for (const archive of found.archives) await change({ type: 'ADDED', archive })
        return
      }
      above = found.archives
      pieces = above.length
      await show(found, archiveListView(now()), format, flags, io)
    },
  }
}
