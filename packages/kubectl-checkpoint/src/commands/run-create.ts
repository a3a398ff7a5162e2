import { existsSync, statSync } from 'node:fs'
import { capture, containerItem } from '@kubectl-checkpoint/core/actions'
import { CheckpointError } from '@kubectl-checkpoint/core/errors'
import { openContext } from '../context.ts'
import { captureRequest } from '../flags/capture.ts'
import { readDirectTls } from '../flags/direct-tls.ts'
import { refuseMistaken } from '../flags/refuse-mistaken.ts'
import { suggest } from '../flags/suggest.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { describeAccount } from '../output/account.ts'
import { capturedView } from '../output/captured.ts'
import { parseOutputFormat } from '../output/format.ts'
import { programName } from '../program-name.ts'
import { showOutcome } from '../show.ts'
import { UsageError } from '../usage-error.ts'
import type { CreateFlags } from './create.ts'
import { otherCommands } from './other-commands.ts'

export async function runCreate(flags: CreateFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  refuseMistaken(flags.targets ?? [], programName(io.program), isFile)
  await using context = openContext(flags, io)
  const request = captureRequest(flags.targets ?? [], flags, await readDirectTls(flags))
  const result = await follow(capture(request, context, { signal: io.signal }), io).catch((error) => {
    throw suggestCommand(error, request.targets)
  })
  // An item has failed, too, whose checkpoint was taken but not fetched.
  const failed = new Set(result.failures.map(({ item }) => item))
  const succeeded = result.checkpoints.filter((checkpoint) => !failed.has(containerItem(checkpoint)))
  const exitCode = await showOutcome(result, succeeded.length, capturedView, format, flags, io)
  io.stderr.write(describeAccount(result))
  return exitCode
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile()

/** As any first word may be a pod, a misspelt command is noticed only when there is no such pod. */
function suggestCommand(error: unknown, [first = '']: readonly string[]): unknown {
  const command = suggest(first, [...otherCommands])
  const isMissing = error instanceof CheckpointError && error.code === 'TARGET_NOT_FOUND'
  if (!isMissing || command === undefined) return error
  return new UsageError(`${error.message}, nor a command`, `Did you mean the command ${command}?`)
}
