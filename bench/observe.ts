import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPeakMemory } from '@kubectl-checkpoint/test-support'
import { type Command, runCommand } from './command.ts'

export interface Observation {
  /** The most memory that it had at a time; absent where there is no /proc. */
  readonly peakBytes: number | undefined
  /** The most files that it had in the folder for temporary ones, at a time. */
  readonly temporaryFiles: number
}

const intervalMs = 5

/** Runs a command twice, and looks at it while it runs: what this costs it isn't in any time. */
export async function observe(command: Command): Promise<Observation> {
  const folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-bench-'))
  let peakBytes: number | undefined
  let temporaryFiles = 0
  let timer: NodeJS.Timeout | undefined
  try {
    const observed = { ...command, env: { ...command.env, TMPDIR: folder, XDG_CACHE_HOME: folder } }
    // Compiled code is kept there, too, and to have it is usual.
    await runCommand(observed)
    await runCommand(observed, (pid) => {
      timer = setInterval(async () => {
        peakBytes = readPeakMemory(pid) ?? peakBytes
        const files = await readdir(folder, { recursive: true, withFileTypes: true })
        const isOwn = ({ parentPath }: { readonly parentPath: string }) => !parentPath.includes(compileCache)
        temporaryFiles = Math.max(temporaryFiles, files.filter((file) => file.isFile() && isOwn(file)).length)
      }, intervalMs)
    })
  } finally {
    clearInterval(timer)
    await rm(folder, { recursive: true })
  }
  return { peakBytes, temporaryFiles }
}

/** Where Node.js keeps compiled code, in folders named by its version. */
const compileCache = '/kubectl-checkpoint/v'
