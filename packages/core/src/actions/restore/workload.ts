import { randomInt } from 'node:crypto'
import type { PodManifest, PodSpec } from './pod-manifest.ts'
import type { RestoreRequest } from './restore.ts'

type WorkloadMetadata = PodManifest['metadata'] & { readonly name: string; readonly namespace: string }

export interface DeploymentManifest {
  readonly apiVersion: 'apps/v1'
  readonly kind: 'Deployment'
  readonly metadata: WorkloadMetadata
  readonly spec: {
    readonly replicas: number
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> }
    readonly template: { readonly metadata: PodManifest['metadata']; readonly spec: PodSpec }
  }
}

export type WorkloadManifest = (PodManifest & { readonly metadata: WorkloadMetadata }) | DeploymentManifest

export interface WorkloadOptions extends Pick<RestoreRequest, 'name' | 'node' | 'as'> {
  readonly namespace: string
  /** Of the checkpointed pod, after which the new one is called unless a name is given. */
  readonly oldName: string
  /** As nodes pull it. */
  readonly image: string
}

/** What of all that restores made is told apart by. */
export const restoredLabel = 'kubectl-checkpoint/restored'

/** A pod of that specification, or a deployment that has one such pod. */
export function drawUpWorkload(
  spec: PodSpec,
  { name, namespace, oldName, image, node, as = 'pod' }: WorkloadOptions,
): WorkloadManifest {
  const chosen = name ?? `${oldName.replace(restoredEnd, '').slice(0, longestStem)}-restored-${suffix()}`
  // Not `managed-by` this program, which are the pods that no command takes for a target.
  const labels = { [restoredLabel]: chosen }
  const annotations = { 'kubectl-checkpoint/restored-from': image }
  const metadata = { name: chosen, namespace, labels, annotations }
  if (as === 'pod') {
    const placed = node === undefined ? spec : { ...spec, nodeName: node }
    return { apiVersion: 'v1', kind: 'Pod', metadata, spec: placed }
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations },
        // Not `nodeName`: where the node has no room, its kubelet would refuse one pod after the other.
        spec: node === undefined ? spec : { ...spec, affinity: { nodeAffinity: only(node) } },
      },
    },
  }
}

/** The same with another image of one container. */
export function withImage(workload: WorkloadManifest, container: string, image: string): WorkloadManifest {
  const change = (spec: PodSpec): PodSpec => ({
    ...spec,
    containers: spec.containers.map((one) => (one.name === container ? { ...one, image } : one)),
  })
  if (workload.kind === 'Pod') return { ...workload, spec: change(workload.spec) }
  const { template } = workload.spec
  return {
    ...workload,
    spec: { ...workload.spec, template: { ...template, spec: change(template.spec) } },
  }
}

/** Of a pod that was restored before. */
const restoredEnd = /-restored-[a-z0-9]{5}$/

/** With what is put behind it, a name of 63 characters, which is as much as a pod's host name may have. */
const longestStem = 63 - '-restored-'.length - 5

/** As the API server makes them: without vowels, and what is taken for another. */
const letters = 'bcdfghjklmnpqrstvwxz2456789'
const suffix = (): string => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')

const only = (node: string) => ({
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }],
  },
})
