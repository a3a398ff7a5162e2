import { unknown, type Verdict } from '../../check.ts'
import { notLearned } from '../../learned.ts'

/** Of what the probe alone can see; why there is none, its own check says. */
export const unseen = (): Verdict => unknown(notLearned('only a probe pod on the node can see it'))

/** Of what the probe sees by way of the runtime's process. */
export const runtimeUnseen = (): Verdict =>
  unknown(notLearned("the container runtime's process was not found"))
