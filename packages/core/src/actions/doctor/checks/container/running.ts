import { findContainerStatus } from '../../../container-status.ts'
import { type Check, failure, ok, unknown } from '../../check.ts'
import type { ContainerFacts } from '../../container-facts.ts'

/** What does not run has no processes that could be frozen. */
export const running: Check<ContainerFacts> = {
  id: 'running',
  title: 'State',
  judge({ pod, target }) {
    if (!pod.known) return unknown(pod)
    const {
      waiting,
      terminated,
      running: runs,
    } = findContainerStatus(pod.value, target.container)?.state ?? {}
    if (runs) return ok('running')
    const { reason, message } = terminated ?? waiting ?? {}
    const state = terminated ? `ended with exit code ${terminated.exitCode}` : 'waiting'
    return failure([[state, reason, message].filter(Boolean).join(': ')], {
      hint: 'Only running containers can be checkpointed.',
    })
  },
}
