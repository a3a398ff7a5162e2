import { findDumpRefusal } from '../../../../diagnosis/index.ts'
import type { ContainerSight } from '../../../../remote/node-probe/index.ts'
import { type Check, failure, ok, unknown, type Verdict } from '../../check.ts'
import type { ContainerFacts } from '../../container-facts.ts'

/** Something that CRIU declines, and how it shows in a container that runs. */
export interface CriuRefusal {
  /** Of the check. */
  readonly id: string
  readonly title: string
  /** What is seen where there is nothing of it. */
  readonly none: string
  /** What stands in the way, a fact a line, by the id of the catalogue's entry. */
  find(sight: ContainerSight): readonly Obstacle[]
  /** Whether this node's runtime has CRIU accept it. */
  isAccepted?(facts: ContainerFacts): boolean
}

interface Obstacle {
  /** Of the entry in the catalogue of CRIU's refusals. */
  readonly refusal: string
  readonly evidence: string
}

/** A check that what CRIU declines isn't there, or that CRIU is told to take it. */
export const criuRefusalCheck = ({
  id,
  title,
  none,
  find,
  isAccepted,
}: CriuRefusal): Check<ContainerFacts> => ({
  id,
  title,
  judge(facts): Verdict {
    const { sight } = facts
    if (!sight.known) return unknown(sight)
    const obstacles = find(sight.value)
    if (obstacles.length === 0) return sight.value.isComplete ? ok(none) : unknown(notAllSeen)
    if (isAccepted?.(facts)) {
      return ok(...evidenceOf(obstacles), 'the container runtime has CRIU accept them')
    }
    const refused = obstacles.filter(({ refusal }) => findOption(facts, refusal) === undefined)
    const [first] = refused
    if (!first) {
      const options = new Set(obstacles.flatMap(({ refusal }) => findOption(facts, refusal) ?? []))
      return ok(...evidenceOf(obstacles), `accepted, as ${[...options].join(' and ')} says`)
    }
    const refusal = findDumpRefusal(first.refusal)
    return failure(evidenceOf(refused), {
      hint: refusal && `${refusal.meaning} ${refusal.hint}`,
      fix: refusal?.fix,
    })
  },
})

const notAllSeen = { reason: 'none of what was seen; the container has more open than the probe tells of' }

/** Where the node's configuration of CRIU has it accept something: `/etc/criu/runc.conf:1`. */
function findOption({ node }: ContainerFacts, refusal: string): string | undefined {
  const names = findDumpRefusal(refusal)?.criuOptions.map((option) => option.split(' ')[0]) ?? []
  const found = node.sight.known
    ? node.sight.value.criuOptions.find(({ text }) => names.includes(/^[\w-]+/.exec(text)?.[0]))
    : undefined
  return found && `${found.path}:${found.line}`
}

const mostShown = 5

function evidenceOf(obstacles: readonly Obstacle[]): string[] {
  const left = obstacles.length - mostShown
  return [
    ...obstacles.slice(0, mostShown).map(({ evidence }) => evidence),
    ...(left > 0 ? [`and ${left} more`] : []),
  ]
}

/** `PID 4711 (redis-server)` */
export function describeProcess({ processes }: ContainerSight, pid: number): string {
  const name = processes.find((process) => process.pid === pid)?.name
  return name === undefined ? `PID ${pid}` : `PID ${pid} (${name})`
}
