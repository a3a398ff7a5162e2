import { distance } from 'fastest-levenshtein'

/** The name among `known` that `unknown` was most likely meant to be: at most a third of its letters are wrong. */
export function suggest(unknown: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((name) => ({ name, away: distance(unknown, name) }))
    .filter(({ name, away }) => away > 0 && away <= name.length / 3)
    .sort((a, b) => a.away - b.away)
  return nearest?.name
}
