import { apiPath } from '../cluster/index.ts'

/** What a target can be, apart from a pod, and have pods of its own. */
export type WorkloadKind = 'deployment' | 'statefulset' | 'daemonset' | 'replicaset' | 'job'

export type TargetKind = 'pod' | 'node' | WorkloadKind

interface KindNames {
  readonly plural: string
  readonly short?: string
  /** The API group; absent: the core. */
  readonly group?: string
}

const kinds: Record<TargetKind, KindNames> = {
  pod: { plural: 'pods', short: 'po' },
  node: { plural: 'nodes', short: 'no' },
  deployment: { plural: 'deployments', short: 'deploy', group: 'apps' },
  statefulset: { plural: 'statefulsets', short: 'sts', group: 'apps' },
  daemonset: { plural: 'daemonsets', short: 'ds', group: 'apps' },
  replicaset: { plural: 'replicasets', short: 'rs', group: 'apps' },
  job: { plural: 'jobs', group: 'batch' },
}

export const kindNames = Object.keys(kinds) as readonly TargetKind[]

/** Understands what kubectl does: `deployment`, `Deployments`, `deploy`, `deployments.apps`, `deployment.v1.apps`. */
export function findKind(word: string): TargetKind | undefined {
  const [name = '', ...qualifiers] = word.toLowerCase().split('.')
  return kindNames.find((kind) => {
    const { plural, short, group } = kinds[kind]
    const qualifier = qualifiers.join('.')
    const groupFits = qualifier === '' || (group !== undefined && [group, `v1.${group}`].includes(qualifier))
    return groupFits && [kind, plural, short].includes(name)
  })
}

/** `/apis/apps/v1/namespaces/shop/deployments`; without a namespace, of the whole cluster. */
export function collectionPath(kind: TargetKind, namespace: string | undefined): string {
  const { plural, group } = kinds[kind]
  const api = group === undefined ? '/api/v1' : `/apis/${group}/v1`
  const scope = namespace === undefined || kind === 'node' ? '' : apiPath`/namespaces/${namespace}`
  return `${api}${scope}/${plural}`
}
