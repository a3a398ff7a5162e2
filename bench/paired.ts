import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface Command {
  readonly name: string
  readonly argv: readonly [program: string, ...args: string[]]
}

export interface Comparison {
  readonly subject: string
  readonly baseline: string
  readonly pairs: number
  /** Medians, in milliseconds. */
  readonly subjectMs: number
  readonly baselineMs: number
  /** The median of each pair's ratio: a machine that is busy for a while slows both of a pair. */
  readonly ratio: number
}

/** Runs both in turn, after one pair that warms caches up and doesn't count. */
export async function comparePaired(subject: Command, baseline: Command, pairs: number): Promise<Comparison> {
  const times: { readonly subjectMs: number; readonly baselineMs: number }[] = []
  for (let pair = 0; pair <= pairs; pair += 1) {
    const baselineMs = await measure(baseline)
    const subjectMs = await measure(subject)
    if (pair > 0) times.push({ subjectMs, baselineMs })
  }
  return {
    subject: subject.name,
    baseline: baseline.name,
    pairs,
    subjectMs: median(times.map(({ subjectMs }) => subjectMs)),
    baselineMs: median(times.map(({ baselineMs }) => baselineMs)),
    ratio: median(times.map(({ subjectMs, baselineMs }) => subjectMs / baselineMs)),
  }
}

async function measure({ argv: [program, ...args] }: Command): Promise<number> {
  const start = performance.now()
  await promisify(execFile)(program, args, { maxBuffer: 64 * 1024 * 1024 })
  return performance.now() - start
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1)
  return (low + high) / 2
}
