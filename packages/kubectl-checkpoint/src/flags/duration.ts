import { UsageError } from '../usage-error.ts'

const msPerUnit: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** What timers can count, nearly 25 days: a longer one would end at once. */
const longestMs = 2 ** 31 - 1

/**
 * Whole milliseconds, rounded up, of a duration as kubectl writes it: `90s`, `5m`, `1h30m`, `0`; a bare number means
 * seconds.
 * @throws {UsageError} naming `flag`.
 */
export function parseMilliseconds(flag: string, text: string): number {
  const withUnit = /^\d+(\.\d+)?$/.test(text) ? `${text}s` : text
  if (!/^(\d+(\.\d+)?(ms|[smh]))+$/.test(withUnit)) {
    throw new UsageError(`--${flag}: ${JSON.stringify(text)} is not a duration such as 90s, 5m or 1h30m`)
  }
  let exact = 0
  for (const [, amount, unit = ''] of withUnit.matchAll(/(\d+(?:\.\d+)?)(ms|[smh])/g)) {
    exact += Number(amount) * (msPerUnit[unit] ?? 0)
  }
  // 1.1 h come out as 3960000.0000000005 ms.
  const milliseconds = Math.ceil(Number(exact.toPrecision(12)))
  if (milliseconds > longestMs) {
    throw new UsageError(`--${flag}: ${JSON.stringify(text)} is too long: 596h is the longest`)
  }
  return milliseconds
}

/**
 * As `parseMilliseconds`, in the whole seconds that a node counts in, rounded up.
 * @throws {UsageError} naming `flag`, also for zero.
 */
export function parseWholeSeconds(flag: string, text: string): number {
  const seconds = Math.ceil(parseMilliseconds(flag, text) / 1000)
  if (seconds === 0) throw new UsageError(`--${flag} must be longer than zero`)
  return seconds
}
