import { readFile } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { filesRequest } from '../flags/files.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { describeGaps } from '../output/file-gaps.ts'
import { printableText } from '../output/printable-text.ts'
import type { FilesCatFlags } from './files-cat.ts'

export async function runFilesCat(flags: FilesCatFlags, io: Io): Promise<number> {
  await using context = openContext(flags, io)
  const request = { ...filesRequest(flags), path: flags.path }
  // Programs get the bytes as they are; a terminal would obey some of them.
  const show = io.stdout.isTTY ? printableText() : (bytes: Uint8Array) => bytes
  let hasLeft = false
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      io.stdout.write(show(bytes), (error) => {
        hasLeft ||= Boolean(error)
        if (error) reject(error)
        else resolve()
      })
    })
  try {
    const result = await follow(readFile(request, write, context, { signal: io.signal }), io)
    io.stderr.write(describeGaps(result))
    return 0
  } catch (error) {
    // Whether that is a failure is judged where stdout is watched.
    if (hasLeft) return 0
    throw error
  }
}
