import type { RefusalList } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'

export interface WhyRequest {
  /** `POD`, `POD/CONTAINER`, `TYPE/NAME[/CONTAINER]`. */
  readonly targets: readonly string[]
  /** Label selector, in place of names. */
  readonly selector?: string
  readonly allNamespaces?: boolean
  readonly container?: string
  readonly allContainers?: boolean
}

/**
 * Explains the last refused checkpoint and the last refused restore of containers: out of their pods' status and events,
 * what this machine remembers, and CRIU's logs on their nodes. A place that can't be looked into is in the result.
 * @throws what connecting and resolving targets throw.
 */
export function why(
  request: WhyRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, RefusalList> {
  return startRun(async (emit) => {
    const { explainRefusals } = await import('../on-cluster.ts')
    return explainRefusals(request, context, emit, signal)
  }, coalesceProgress)
}
