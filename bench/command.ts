import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

export interface Command {
  readonly name: string
  readonly argv: readonly [program: string, ...args: string[]]
  /** Beside this process's own. */
  readonly env?: Readonly<Record<string, string>>
}

export interface Outcome {
  readonly milliseconds: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a command to its end.
 * @param onStart Gets the process's ID.
 * @throws if it fails, with what it said last.
 */
export async function runCommand(
  { name, argv: [program, ...args], env }: Command,
  onStart: (pid: number) => void = () => {},
): Promise<Outcome> {
  const start = performance.now()
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
    once(child, 'spawn').then(() => onStart(child.pid ?? 0)),
  ])
  if (exitCode !== 0) throw new Error(`${name}: ${firstLine(stderr) || `exit code ${exitCode}`}`)
  return { milliseconds: performance.now() - start, stdout, stderr }
}

const firstLine = (text: string): string => text.trim().split('\n', 1)[0] ?? ''
