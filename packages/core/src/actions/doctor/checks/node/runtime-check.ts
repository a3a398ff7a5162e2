import type { RuntimeSight } from '../../../../remote/node-probe/index.ts'
import type { Check, Verdict } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'
import type { Version } from '../../parse-version.ts'
import { runtimeOf } from '../../runtime-of.ts'
import { runtimeUnseen, unseen } from './seen.ts'

export interface RuntimeCheck extends Pick<Check<NodeFacts>, 'id' | 'title'> {
  /** By the name of the runtime; others have nothing to look at. */
  readonly judges: Readonly<Record<string, (runtime: RuntimeSight, version: Version) => Verdict>>
}

/** A check of how a container runtime is configured, which each runtime has words of its own for. */
export const runtimeCheck = ({ id, title, judges }: RuntimeCheck): Check<NodeFacts> => ({
  id,
  title,
  judge(facts) {
    const { sight } = facts
    const { name, version } = runtimeOf(facts) ?? {}
    const judge = name === undefined ? undefined : judges[name]
    if (!judge || !version) return undefined
    if (!sight.known) return unseen()
    return sight.value.runtime ? judge(sight.value.runtime, version) : runtimeUnseen()
  },
})
