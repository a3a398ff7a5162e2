import { type Check, ok, unknown } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'

/** Why what only the probe can see is known, or not. */
export const nodeProbe: Check<NodeFacts> = {
  id: 'node-probe',
  title: 'Probe pod',
  judge: ({ sight, readerNamespace }) =>
    sight.known ? ok(`it ran in namespace ${readerNamespace}`) : unknown(sight),
}
