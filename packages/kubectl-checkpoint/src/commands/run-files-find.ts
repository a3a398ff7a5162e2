import { findFiles } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { filesRequest, findConditions } from '../flags/files.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { filePathsView } from '../output/file-list.ts'
import { parseOutputFormat } from '../output/format.ts'
import { describeUnread } from '../output/inspection/unreadable.ts'
import { show } from '../show.ts'
import { showDamage } from '../show-damage.ts'
import type { FilesFindFlags } from './files-find.ts'

export async function runFilesFind(flags: FilesFindFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  const conditions = findConditions(flags)
  await using context = openContext(flags, io)
  const { path } = flags
  const request = {
    ...filesRequest(flags),
    ...conditions,
    ...(path === undefined ? {} : { path }),
  }
  const list = await follow(findFiles(request, context, { signal: io.signal }), io)
  await show(list, filePathsView, format, flags, io)
  io.stderr.write(describeUnread(list))
  return showDamage([{ label: list.archive, unreadable: list.unreadable }], io)
}
