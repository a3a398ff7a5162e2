import type { Answer } from './answers.ts'
import type { Faults } from './faults.ts'
import type { ObjectStore } from './objects.ts'
import { containersOf, isRunning } from './pods.ts'
import { recordedAnswer } from './recorded-answer.ts'

interface StatsSummary {
  readonly node: object
  readonly pods: readonly { readonly podRef: object; readonly containers: readonly object[] }[]
}

/** What a kubelet can be asked by GET, and the subresources of its node that grant it, either of them. */
export const kubeletReads: Readonly<Record<string, readonly string[]>> = {
  configz: ['configz', 'proxy'],
  metrics: ['metrics'],
  'stats/summary': ['stats'],
  healthz: ['healthz', 'proxy'],
}

/** The answer to a GET; undefined where nothing is to be had by it. */
export function readKubelet(
  path: string,
  { node, store, faults }: { readonly node: string; readonly store: ObjectStore; readonly faults: Faults },
): Answer | undefined {
  if (!Object.hasOwn(kubeletReads, path)) return undefined
  const scripted = faults.kubeletReads.get(`${node}/${path}`) ?? faults.kubeletReads.get(path)
  if (scripted) return scripted
  const answer = recordedAnswer(path, { node })
  return path === 'stats/summary' ? { ...answer, body: describePods(answer.body, node, store) } : answer
}

/** Gives each running container of the node the statistics of the recorded one. */
function describePods(body: string, node: string, store: ObjectStore): string {
  const recorded = JSON.parse(body) as StatsSummary
  const [pattern] = recorded.pods
  const pods = store
    .list('pods')
    .filter(({ spec, status }) => spec.nodeName === node && status?.phase === 'Running')
    .map((pod) => {
      const { name, namespace, uid } = pod.metadata
      const running = containersOf(pod).filter((container) => isRunning(pod, container.name))
      const containers = running.map((container) => ({ ...pattern?.containers[0], name: container.name }))
      return { ...pattern, podRef: { name, namespace, uid }, containers }
    })
  return JSON.stringify({ ...recorded, pods })
}
