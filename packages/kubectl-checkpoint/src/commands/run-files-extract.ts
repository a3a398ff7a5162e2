import { extractFiles } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { filesRequest } from '../flags/files.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { describeExtraction, extractionView } from '../output/file-extraction.ts'
import { parseOutputFormat } from '../output/format.ts'
import { describeUnread } from '../output/inspection/unreadable.ts'
import { show } from '../show.ts'
import { UsageError } from '../usage-error.ts'
import type { FilesExtractFlags } from './files-extract.ts'

export async function runFilesExtract(flags: FilesExtractFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  const { paths = [], to, overwrite = false, devices = false } = flags
  if (to === undefined) throw new UsageError('name the folder to extract to', 'Add --to DIR.')
  await using context = openContext(flags, io)
  const request = {
    ...filesRequest(flags),
    paths,
    to,
    overwrite,
    devices,
    samePermissions: flags['same-permissions'] ?? false,
    sameOwner: flags['same-owner'] ?? false,
  }
  const extraction = await follow(extractFiles(request, context, { signal: io.signal }), io)
  await show(extraction, extractionView, format, flags, io)
  io.stderr.write(describeExtraction(extraction))
  io.stderr.write(describeUnread(extraction))
  return extraction.unreadable.length > 0 ? 3 : 0
}
