import { inspect } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { parsePids, sectionsToRead, shownSections } from '../flags/sections.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { describeReads } from '../output/inspection/describe-reads.ts'
import { inspectionView } from '../output/inspection/inspection-view.ts'
import { showOutcome } from '../show.ts'
import { showDamage } from '../show-damage.ts'
import type { InspectFlags } from './inspect.ts'

export async function runInspect(flags: InspectFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  const pids = parsePids(flags.pid)
  const shown = shownSections(flags)
  await using context = openContext(flags, io)
  const request = {
    archives: flags.archives,
    sections: sectionsToRead(shown, format, pids !== undefined),
    ...(pids === undefined ? {} : { pids }),
    ...(flags.container === undefined ? {} : { container: flags.container }),
    ...(flags['keep-spool'] ? { keepSpool: true } : {}),
  }
  const result = await follow(inspect(request, context, { signal: io.signal }), io)
  const view = inspectionView({
    sections: shown,
    ofProcesses: pids !== undefined,
    severalArchives: flags.archives.length > 1,
    now: new Date(context.clock.now()),
  })
  const exitCode = await showOutcome(result, result.inspections.length, view, format, flags, io)
  const archives = result.inspections.map(({ archive, unreadable }) => ({ label: archive.label, unreadable }))
  const damageCode = showDamage(archives, io)
  if (context.usedCluster) {
    for (const { archive } of result.inspections) io.stderr.write(describeReads(archive))
  }
  return exitCode === 0 ? damageCode : exitCode
}
