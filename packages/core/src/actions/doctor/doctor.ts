import type { DoctorReport } from '../../documents/index.ts'
import type { DirectTls } from '../../remote/cluster/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import type { ItemFailure } from '../item-failure.ts'
import { type Run, startRun } from '../run.ts'

export interface DoctorRequest {
  /** `POD[/CONTAINER]`, `TYPE/NAME[/CONTAINER]`, `node/NAME`, or a node's bare name. Without any, all nodes. */
  readonly targets: readonly string[]
  /** Label selector, in place of names. */
  readonly selector?: string
  readonly allNamespaces?: boolean
  readonly container?: string
  readonly allContainers?: boolean
  /** Whether to start a pod on each node, which sees what the API server can't say. */
  readonly probe: boolean
  /** Ask the kubelets themselves rather than through the API server, as a checkpoint would. */
  readonly direct?: DirectTls
}

/** A report, and what was named but not found. */
export interface Examination extends Omit<DoctorReport, 'failures'> {
  readonly failures: readonly ItemFailure[]
}

/**
 * Finds out whether checkpoints would work, without taking one: of nodes, and of containers with their nodes. What can't
 * be looked at is in the report, with the reason.
 * @throws what connecting and listing nodes throw; what resolving targets throws, where it is so for all of them.
 */
export function doctor(
  request: DoctorRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, Examination> {
  return startRun(async (emit) => {
    const { examine } = await import('../on-cluster.ts')
    return examine(request, context, emit, signal)
  }, coalesceProgress)
}
