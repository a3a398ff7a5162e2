import { fetchArchives } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { fetchRequest } from '../flags/fetch.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { fetchedView } from '../output/fetched.ts'
import { parseOutputFormat } from '../output/format.ts'
import { showOutcome } from '../show.ts'
import type { FetchFlags } from './fetch.ts'

export async function runFetch(flags: FetchFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  const request = fetchRequest(flags.archives ?? [], flags)
  await using context = openContext(flags, io)
  const result = await follow(fetchArchives(request, context, { signal: io.signal }), io)
  return await showOutcome(result, result.archives.length, fetchedView, format, flags, io)
}
