import { type ContainerUsage, readUsage, resolveEndpoint } from '../../remote/kubelet/index.ts'
import type { TargetContainer } from '../../remote/targets/index.ts'
import type { Scope } from '../scope.ts'
import type { DoctorRequest } from './doctor.ts'
import { type Learned, learn, notLearned } from './learned.ts'

const patienceMs = 30_000

/** What a container uses at the moment. */
export type UsageReader = (target: TargetContainer) => Promise<Learned<ContainerUsage>>

/** Asks each kubelet once: it answers for all of its containers. */
export function usageReader(
  { connection, signal }: Pick<Scope, 'connection' | 'signal'>,
  { direct }: Pick<DoctorRequest, 'direct'>,
): UsageReader {
  const answers = new Map<string, Promise<Learned<readonly ContainerUsage[]>>>()
  const ask = (node: string) =>
    learn(signal, async () =>
      readUsage(await resolveEndpoint(connection, node, direct, signal), { signal, timeoutMs: patienceMs }),
    )
  return async ({ node, podUid, container }) => {
    const answer = answers.get(node) ?? ask(node)
    answers.set(node, answer)
    const all = await answer
    if (!all.known) return all
    const usage = all.value.find((one) => one.podUid === podUid && one.container === container)
    return usage ? { known: true, value: usage } : notLearned('the kubelet has not measured it yet')
  }
}
