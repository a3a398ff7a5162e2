import type { RestoreRemark } from '../../documents/index.ts'
import type { PersistentVolumeClaim, Pod } from '../../remote/cluster/index.ts'
import type { Judgement } from '../restore/judgement.ts'

export interface SourceFacts {
  readonly container: string
  /** By name; undefined: may not be looked at. */
  readonly claims: ReadonlyMap<string, PersistentVolumeClaim | undefined>
  /** Whether the user named the container. */
  readonly isNamed: boolean
}

/** The controller of a pod, as kubectl names it: `ReplicaSet/web-6d4f`. */
export function controllerOf({ metadata }: Pod): string | undefined {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller)
  return owner && `${owner.kind}/${owner.name}`
}

/** What keeps a pod from going on under another name on another node, and what will be different there. */
export function judgeSource(pod: Pod, facts: SourceFacts): Judgement {
  const controller = controllerOf(pod)
  const ofClaims = judgeClaims(facts.claims)
  const blockers = [...judgeController(controller), ...ofClaims.blockers]
  if (pod.metadata.deletionTimestamp !== undefined) {
    blockers.unshift({ id: 'terminating', message: 'it is being deleted' })
  }
  const warnings: RestoreRemark[] = [...ofClaims.warnings]
  const others = pod.spec.containers.filter(({ name }) => name !== facts.container)
  if (others.length > 0) {
    const names = others.map(({ name }) => name).join(', ')
    const remark = { id: 'other-containers', message: `its other containers would start anew: ${names}` }
    if (facts.isNamed) warnings.push(remark)
    else blockers.push({ ...remark, hint: 'Where that is right, name the one that goes on: POD/CONTAINER' })
  }
  for (const { name, emptyDir, hostPath } of pod.spec.volumes ?? []) {
    if (emptyDir) {
      warnings.push({
        id: 'volume-empty',
        message: `its volume ${name} will be empty: it lives on the old node`,
      })
    }
    if (hostPath) {
      warnings.push({
        id: 'volume-of-node',
        message: `its volume ${name} is ${hostPath.path} of the node, which may be another there`,
      })
    }
  }
  if (controller?.startsWith('ReplicaSet/')) {
    warnings.push({
      id: 'until-rollout',
      message: `${controller} takes the new pod for its own; the next rollout replaces it by one that starts cold`,
    })
  }
  return { blockers, warnings }
}

function judgeController(controller: string | undefined): RestoreRemark[] {
  const [kind] = controller?.split('/') ?? []
  switch (kind) {
    case undefined:
    case 'ReplicaSet':
      return []
    case 'StatefulSet':
      return [
        {
          id: 'stateful-set',
          message: `${controller} wants a pod of just that name, and two of one name cannot be there at the same time`,
          hint: 'Checkpoint it, scale the StatefulSet down, and restore the image under the same name.',
        },
      ]
    case 'DaemonSet':
      return [
        {
          id: 'daemon-set',
          message: `${controller} has a pod on each node, and makes none elsewhere for it`,
        },
      ]
    case 'Node':
      return [{ id: 'static-pod', message: 'a file on the node makes it, not the API server' }]
    case 'Job':
      return [
        {
          id: 'job',
          message: `${controller} takes a pod that goes away for a failure, and starts another one`,
          hint: 'Wait until it is done.',
        },
      ]
    default:
      return [
        {
          id: 'controller',
          message: `what ${controller} makes of a pod that it did not make is unknown`,
          hint: 'Restore it beside, and have the controller changed: kubectl checkpoint restore',
        },
      ]
  }
}

function judgeClaims(claims: SourceFacts['claims']): Judgement {
  const remarks = [...claims].filter(([, claim]) => !isShareable(claim))
  const toRemark = ([name, claim]: (typeof remarks)[number]): RestoreRemark => ({
    id: 'volume-of-one-node',
    message: claim
      ? `its claim ${name} is for one node at a time (${claim.spec.accessModes?.join(', ')})`
      : `whether both nodes can mount its claim ${name} at the same time is unknown`,
    hint: 'The old pod has to be gone before the new one starts: checkpoint, delete, and restore.',
  })
  return {
    blockers: remarks.filter(([, claim]) => claim).map(toRemark),
    warnings: remarks.filter(([, claim]) => !claim).map(toRemark),
  }
}

const isShareable = (claim: PersistentVolumeClaim | undefined): boolean =>
  claim?.spec.accessModes?.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany') === true
