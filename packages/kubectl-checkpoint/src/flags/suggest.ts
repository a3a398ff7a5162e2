import { distance } from 'fastest-levenshtein'

const farthest = 3

/** The name among `known` that `unknown` was most likely meant to be. */
export function suggest(unknown: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((name) => ({ name, away: distance(unknown, name) }))
    .filter(({ name, away }) => away > 0 && away <= Math.min(farthest, name.length - 1))
    .sort((a, b) => a.away - b.away)
  return nearest?.name
}
