import { diff } from '@kubectl-checkpoint/core/actions'
import type { Difference } from '@kubectl-checkpoint/core/documents'
import { openContext } from '../context.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { parseAspects } from '../flags/difference.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { differenceView } from '../output/difference/difference-view.ts'
import { describeError } from '../output/error.ts'
import { parseOutputFormat } from '../output/format.ts'
import { describeReads } from '../output/inspection/describe-reads.ts'
import { proseWidth } from '../output/prose-width.ts'
import { show } from '../show.ts'
import { type ReadArchive, showDamage } from '../show-damage.ts'
import type { DiffFlags } from './diff.ts'

/**
 * Like diff(1): 0 if they are equal, 1 if not, more if they could not be compared: 3 if parts of them could not. What
 * ends other commands with 1 ends this one with 2.
 */
export async function runDiff(flags: DiffFlags, io: Io): Promise<number> {
  try {
    const difference = await showDifference(flags, io)
    return showDamage(damagedSides(difference), io) || (difference.equal ? 0 : 1)
  } catch (error) {
    if (exitCodeOf(error) !== 1) throw error
    io.stderr.write(describeError(error, proseWidth(io.stderr)))
    return 2
  }
}

/** What was read of both together, such as memory, counts as of the first: the message says which it was. */
const damagedSides = ({ a, b, unreadable }: Difference): readonly ReadArchive[] => [
  { label: a.archive.label, unreadable: unreadable.filter(({ side }) => side !== 'b') },
  { label: b.archive.label, unreadable: unreadable.filter(({ side }) => side === 'b') },
]

async function showDifference(flags: DiffFlags, io: Io): Promise<Difference> {
  const format = await parseOutputFormat(flags.output)
  const aspects = parseAspects(flags.only)
  await using context = openContext(flags, io)
  const request = {
    a: flags.a,
    b: flags.b,
    ...(aspects === undefined ? {} : { aspects }),
    ...(flags.contents === undefined ? {} : { contents: flags.contents }),
    ...(flags.container === undefined ? {} : { container: flags.container }),
    ...(flags['keep-spool'] ? { keepSpool: true } : {}),
  }
  const difference = await follow(diff(request, context, { signal: io.signal }), io)
  await show(difference, differenceView, format, flags, io)
  if (!difference.contents && flags.contents === undefined) {
    io.stderr.write('contents of memory and files were not compared: --contents does\n')
  }
  if (context.usedCluster) {
    for (const { archive } of [difference.a, difference.b]) io.stderr.write(describeReads(archive))
  }
  return difference
}
