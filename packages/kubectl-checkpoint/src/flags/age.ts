import { UsageError } from '../usage-error.ts'

const minute = 60_000
const msPerUnit: Readonly<Record<string, number>> = {
  s: 1000,
  m: minute,
  h: 60 * minute,
  d: 24 * 60 * minute,
  w: 7 * 24 * 60 * minute,
}

/**
 * Milliseconds of how old something is: `90m`, `12h`, `7d`, `2w`, `1d12h`. A day is 24 hours. Without a unit it could
 * mean days as well as seconds, so there must be one.
 * @throws {UsageError} naming `flag`, also for zero.
 */
export function parseAge(flag: string, text: string): number {
  const parts = /^(\d{1,6}[smhdw])+$/.test(text) ? [...text.matchAll(/(\d+)([smhdw])/g)] : []
  const age = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (msPerUnit[unit] ?? 0), 0)
  if (age === 0)
    throw new UsageError(`--${flag}: ${JSON.stringify(text)} is not an age such as 12h, 7d or 2w`)
  return age
}
