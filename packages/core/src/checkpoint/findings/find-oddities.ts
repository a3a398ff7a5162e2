import type { Finding, Severity } from '../../documents/index.ts'
import type { Facts, Rule } from './rule.ts'
import { rules } from './rules/index.ts'

const severities: readonly Severity[] = ['high', 'medium', 'low', 'info']

// A hundred workers that share a descriptor say the same a hundred times.
const maxEvidence = 10
// An archive with a hundred thousand processes must not end in as many findings.
const maxPlaces = 1000
// Linux knows no longer paths.
const maxPlaceLength = 4096

/** What is odd about a container, the gravest first; of the same severity in the order of `rules`. */
export const findOddities = (facts: Facts): readonly Finding[] =>
  rules
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
    .flatMap((rule) => applyRule(rule, facts))

interface Gathered {
  readonly evidence: string[]
  readonly pids: Set<number>
  count: number
}

function applyRule({ id, severity, title, find }: Rule, facts: Facts): readonly Finding[] {
  const places = new Map<string | undefined, Gathered>()
  for (const { pid, evidence, ...oddity } of find(facts)) {
    const place = oddity.place?.slice(0, maxPlaceLength)
    const known = places.get(place)
    if (!known && places.size === maxPlaces) continue
    const gathered = known ?? { evidence: [], pids: new Set(), count: 0 }
    places.set(place, gathered)
    gathered.count += 1
    if (gathered.count <= maxEvidence) gathered.evidence.push(evidence)
    if (pid !== undefined) gathered.pids.add(pid)
  }
  return Array.from(places, ([place, { evidence, pids, count }]) => ({
    id,
    severity,
    title,
    evidence: count > maxEvidence ? [...evidence, `and ${count - maxEvidence} more`] : evidence,
    pids: [...pids],
    ...(place === undefined ? {} : { place }),
  }))
}
