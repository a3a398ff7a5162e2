import { UsageError } from '../usage-error.ts'

const powersOf1000: Readonly<Record<string, number>> = { '': 0, k: 1, M: 2, G: 3, T: 4, P: 5 }
const powersOf1024: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5 }

/**
 * Bytes of a size as Kubernetes writes quantities: `10Gi`, `1.5Gi`, `500M` (of 1000 each), `1048576`; a part of a byte
 * is left out.
 * @throws {UsageError} naming `flag`, also for zero.
 */
export function parseQuantity(flag: string, text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,15}(?:\.\d{1,9})?)([kMGTP]|[KMGTP]i)?$/.exec(text) ?? []
  const factor = unit.endsWith('i') ? 1024 ** (powersOf1024[unit] ?? 0) : 1000 ** (powersOf1000[unit] ?? 0)
  const bytes = Math.floor(Number(amount) * factor)
  if (bytes > 0 && Number.isSafeInteger(bytes)) return bytes
  throw new UsageError(`--${flag}: ${JSON.stringify(text)} is not a size such as 500M or 10Gi`)
}
