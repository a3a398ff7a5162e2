import type { Finding, Severity } from '../../documents/index.ts'
import type { Facts, Oddity, Rule } from './rule.ts'
import { rules } from './rules/index.ts'

const severities: readonly Severity[] = ['high', 'medium', 'low', 'info']

// A hundred workers that share a descriptor say the same a hundred times.
const maxEvidence = 10
// An archive with a hundred thousand processes must not end in as many findings.
const maxPlaces = 1000

/** What is odd about a container, the gravest first; of the same severity in the order of `rules`. */
export const findOddities = (facts: Facts): readonly Finding[] =>
  rules
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
    .flatMap((rule) => applyRule(rule, facts))

function applyRule({ id, severity, title, find }: Rule, facts: Facts): readonly Finding[] {
  const places = new Map<
    string | undefined,
    { readonly first: Oddity; readonly evidence: string[]; count: number }
  >()
  for (const oddity of find(facts)) {
    const known = places.get(oddity.place)
    if (known) {
      known.count += 1
      if (known.count <= maxEvidence) known.evidence.push(oddity.evidence)
    } else if (places.size < maxPlaces) {
      places.set(oddity.place, { first: oddity, evidence: [oddity.evidence], count: 1 })
    }
  }
  return [...places.values()].map(({ first: { pid, place }, evidence, count }) => ({
    id,
    severity,
    title,
    evidence: count > maxEvidence ? [...evidence, `and ${count - maxEvidence} more`] : evidence,
    ...(pid === undefined ? {} : { pid }),
    ...(place === undefined ? {} : { place }),
  }))
}
