import { UsageError } from '../usage-error.ts'

const secondsPerUnit: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 }

/**
 * Seconds of a duration as kubectl writes it: `90s`, `5m`, `1h30m`, `0`; a bare number means seconds.
 * @throws {UsageError} naming `flag`.
 */
export function parseDuration(flag: string, text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  if (!/^(\d+(\.\d+)?(ms|[smh]))+$/.test(text)) {
    throw new UsageError(`--${flag}: ${JSON.stringify(text)} is not a duration such as 90s, 5m or 1h30m`)
  }
  let seconds = 0
  for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smh])/g)) {
    seconds += Number(amount) * (secondsPerUnit[unit] ?? 0)
  }
  return seconds
}

/**
 * As `parseDuration`, in the whole seconds that a node counts in, rounded up.
 * @throws {UsageError} naming `flag`, also for zero.
 */
export function parseWholeSeconds(flag: string, text: string): number {
  const seconds = Math.ceil(parseDuration(flag, text))
  if (seconds === 0) throw new UsageError(`--${flag} must be longer than zero`)
  return seconds
}
