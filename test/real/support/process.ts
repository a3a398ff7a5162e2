import { spawn } from 'node:child_process'

export interface Ended {
  /** Null if a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly ended: Promise<Ended>
  /** Resolves as soon as what was written to stderr so far matches; rejects if the program ends before. */
  stderrMatches(pattern: RegExp): Promise<void>
  /** The same of stdout. */
  stdoutMatches(pattern: RegExp): Promise<void>
  kill(signal: NodeJS.Signals): void
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly cwd?: string
}

/** Starts a program that the test watches, interrupts or awaits; its environment is this one's plus `env`. */
export function startProgram(
  command: string,
  argv: readonly string[],
  options: ProgramOptions = {},
): Running {
  const child = spawn(command, argv, { cwd: options.cwd, env: { ...process.env, ...options.env } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.end(options.stdin)
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  const matches = (stream: 'stdout' | 'stderr', pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const written = () => (stream === 'stdout' ? stdout : stderr)
      const look = () => {
        if (pattern.test(written())) resolve()
      }
      child[stream].on('data', look)
      child.once('close', () =>
        reject(new Error(`${command} ended without ${pattern} on ${stream}:\n${stderr}`)),
      )
      look()
    })
  return {
    ended,
    stderrMatches: (pattern) => matches('stderr', pattern),
    stdoutMatches: (pattern) => matches('stdout', pattern),
    kill(signal) {
      child.kill(signal)
    },
  }
}

/** Runs a program to its end, whatever its exit code. */
export const runProgram = (
  command: string,
  argv: readonly string[],
  options?: ProgramOptions,
): Promise<Ended> => startProgram(command, argv, options).ended

/** What a program that must succeed prints. */
export async function readProgram(
  command: string,
  argv: readonly string[],
  options?: ProgramOptions,
): Promise<string> {
  const { code, stdout, stderr } = await runProgram(command, argv, options)
  if (code !== 0) throw new Error(`${command} ${argv.join(' ')}: exit code ${code}\n${stderr}`)
  return stdout
}
