import { type Check, ok, unknown, warning } from '../../check.ts'
import type { ContainerFacts } from '../../container-facts.ts'

/** What a checkpoint takes as it is, and a restore wants to find again. */
const consequences = {
  hostNetwork: 'The ports that it listens on must be free on the node where it is restored.',
  hostPID: 'Its processes keep their PIDs, which must be free on the node where it is restored.',
  hostIPC: 'Message queues, semaphores and shared memory of the node are not in the archive.',
  shareProcessNamespace: 'Its processes keep their PIDs, which must be free in the pod where it is restored.',
} as const

export const hostNamespaces: Check<ContainerFacts> = {
  id: 'host-namespaces',
  title: 'Namespaces shared with the node or the pod',
  judge({ pod }) {
    if (!pod.known) return unknown(pod)
    const { spec } = pod.value
    const shared = Object.entries(consequences).filter(([field]) => spec[field as keyof typeof consequences])
    if (shared.length === 0) return ok('none')
    return warning(
      shared.map(([field]) => `the pod has ${field}`),
      { hint: shared.map(([, consequence]) => consequence).join(' ') },
    )
  },
}
