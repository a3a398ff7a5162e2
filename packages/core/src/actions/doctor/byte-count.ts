const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** For evidence, which is text: `512 B`, `1.5 GiB`. */
export function byteCount(bytes: number): string {
  let count = bytes
  let unit = 'B'
  for (const next of units) {
    if (count < 1024) break
    count /= 1024
    unit = next
  }
  return `${Math.round(count * 10) / 10} ${unit}`
}
