import { distance } from 'fastest-levenshtein'

const letters = (word: string): string => [...word].sort().join('')

/** Wrong letters; letters in another order count as one slip. */
const slips = (word: string, name: string): number =>
  letters(word) === letters(name) ? Math.min(1, distance(word, name)) : distance(word, name)

/** The name among `known` that `unknown` was most likely meant to be: at most a third of its letters are wrong. */
export function suggest(unknown: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((name) => ({ name, away: slips(unknown, name) }))
    .filter(({ name, away }) => away > 0 && away <= name.length / 3)
    .sort((a, b) => a.away - b.away)
  return nearest?.name
}
