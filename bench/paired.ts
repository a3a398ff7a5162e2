import { type Command, runCommand } from './command.ts'

export interface Comparison {
  readonly pairs: number
  /** Medians, in milliseconds. */
  readonly subjectMs: number
  readonly baselineMs: number
  /** The median of each pair's ratio: a machine that is busy for a while slows both of a pair. */
  readonly ratio: number
  /** The quartiles of these ratios. */
  readonly spread: readonly [lower: number, upper: number]
}

/** Runs both in turn, after one pair that warms caches up and doesn't count. */
export async function comparePaired(subject: Command, baseline: Command, pairs: number): Promise<Comparison> {
  const times: { readonly subjectMs: number; readonly baselineMs: number }[] = []
  for (let pair = 0; pair <= pairs; pair += 1) {
    const { milliseconds: baselineMs } = await runCommand(baseline)
    const { milliseconds: subjectMs } = await runCommand(subject)
    if (pair > 0) times.push({ subjectMs, baselineMs })
  }
  const ratios = times.map(({ subjectMs, baselineMs }) => subjectMs / baselineMs)
  return {
    pairs,
    subjectMs: quantile(
      times.map(({ subjectMs }) => subjectMs),
      0.5,
    ),
    baselineMs: quantile(
      times.map(({ baselineMs }) => baselineMs),
      0.5,
    ),
    ratio: quantile(ratios, 0.5),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  }
}

/** The value below which this part of `values` lies, between two of them in proportion. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const low = sorted[Math.floor(place)] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? low
  return low + (high - low) * (place - Math.floor(place))
}
