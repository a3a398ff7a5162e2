import prettyMilliseconds from 'pretty-ms'

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** `1.1 MiB`. Whoever formats numbers for a locale waits for its data, longer than for an archive. */
export function bytes(count: number): string {
  const rounded = (power: number) => Math.round((count / 1024 ** power) * 10) / 10
  const smallest = byteUnits.findIndex((_, power) => rounded(power) < 1024)
  const power = smallest === -1 ? byteUnits.length - 1 : smallest
  return `${rounded(power)} ${byteUnits[power]}`
}

/** `0.4s`, `42s`, `2m 5s`: tenths only where they matter. */
export function duration(milliseconds: number): string {
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)}s`
  return prettyMilliseconds(Math.round(milliseconds / 1000) * 1000)
}

/** `0.1 %`; less than that, but not nothing, is `<0.1 %`. */
export function percent(part: number, whole: number): string {
  const percentage = whole === 0 ? 100 : (part / whole) * 100
  return part > 0 && percentage < 0.1 ? '<0.1 %' : `${percentage.toFixed(1)} %`
}
