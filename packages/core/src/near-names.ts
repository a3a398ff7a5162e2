import { distance } from 'fastest-levenshtein'

const shown = 3

/** The names somebody may have meant: those that go on from `wanted`, and those a few typing errors away. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const tolerance = Math.max(1, Math.floor(wanted.length / 3))
  return names
    .map((name) => ({ name, errors: name.startsWith(wanted) ? 0 : distance(wanted, name) }))
    .filter(({ errors }) => errors <= tolerance)
    .sort((a, b) => a.errors - b.errors || a.name.localeCompare(b.name))
    .slice(0, shown)
    .map(({ name }) => name)
}
