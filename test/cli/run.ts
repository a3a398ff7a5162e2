import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export const binary = fileURLToPath(
  new URL('../../packages/kubectl-checkpoint/dist/kubectl-checkpoint.mjs', import.meta.url),
)

/** What one run of the tests remembers is nothing to the next, whose servers may have the same ports. */
const dataFolder = mkdtempSync(join(tmpdir(), 'kubectl-checkpoint-test-data-'))
process.on('exit', () => rmSync(dataFolder, { recursive: true }))

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** What the program is started as. */
  readonly program?: string
}

export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

/** Starts the built command as a user does whose environment is empty but for `env`. */
export function start(
  args: readonly string[],
  { env = {}, cwd, program = binary }: StartOptions = {},
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [program, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      HOME: tmpdir(),
      XDG_CACHE_HOME: join(tmpdir(), 'kubectl-checkpoint-test-cache'),
      XDG_DATA_HOME: dataFolder,
      ...env,
    },
  })
}

/** Waits for the end of a started command. */
export async function outcome(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Outcome> {
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { stdout, stderr, exitCode }
}

/** Runs the built command to its end. */
export const run = (args: readonly string[], options?: StartOptions): Promise<Outcome> =>
  outcome(start(args, options))
