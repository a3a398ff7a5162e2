import { listFiles } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { filesRequest } from '../flags/files.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { fileTableView } from '../output/file-list.ts'
import { parseOutputFormat } from '../output/format.ts'
import { describeUnread } from '../output/inspection/unreadable.ts'
import { show } from '../show.ts'
import { showDamage } from '../show-damage.ts'
import type { FilesLsFlags } from './files-ls.ts'

export async function runFilesLs(flags: FilesLsFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  await using context = openContext(flags, io)
  const { path, recursive = false } = flags
  const request = {
    ...filesRequest(flags),
    recursive,
    ...(path === undefined ? {} : { path }),
  }
  const list = await follow(listFiles(request, context, { signal: io.signal }), io)
  await show(list, fileTableView, format, flags, io)
  io.stderr.write(describeUnread(list))
  return showDamage([{ label: list.archive, unreadable: list.unreadable }], io)
}
