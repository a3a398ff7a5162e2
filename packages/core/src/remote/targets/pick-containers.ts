import { nearNames } from '../../near-names.ts'
import type { Container, ContainerStatus, Pod } from '../cluster/index.ts'
import { TargetError, type TargetErrorCode } from './errors.ts'
import type { TargetNotice } from './notices.ts'

/** A container to checkpoint. */
export interface TargetContainer {
  readonly namespace: string
  readonly pod: string
  /** Of the pod: one that takes its name later is another. */
  readonly podUid?: string
  readonly node: string
  readonly container: string
}

/** Which containers of a pod. */
export type ContainerChoice =
  | { readonly kind: 'default' | 'all' }
  | { readonly kind: 'named'; readonly name: string }

export interface Picked {
  readonly containers: readonly TargetContainer[]
  readonly notices: readonly TargetNotice[]
}

interface Candidate {
  readonly name: string
  readonly kind: 'container' | 'init' | 'ephemeral'
  readonly status: ContainerStatus | undefined
}

export interface PickOptions {
  /** The names of the nodes that run Windows, as far as known. */
  readonly windowsNodes: ReadonlySet<string>
  /** Takes containers that don't run, too, as long as the pod has been given to a node. */
  readonly anyState: boolean
}

/**
 * Picks containers of a pod, all of them running unless any state will do.
 * @throws {TargetError} NODE_IS_WINDOWS; POD_NOT_SCHEDULED; POD_ENDED; CONTAINER_NOT_FOUND; CONTAINER_WAITING;
 * CONTAINER_TERMINATED. With the choice 'all', the last two only if no container runs.
 */
export function pickContainers(pod: Pod, choice: ContainerChoice, options: PickOptions): Picked {
  const node = checkPod(pod, options)
  const isUsable = (candidate: Candidate) => options.anyState || isRunning(candidate)
  const candidates = candidatesOf(pod)
  const { namespace = '', name: podName, uid } = pod.metadata
  const toTarget = ({ name }: Candidate): TargetContainer => ({
    namespace,
    pod: podName,
    ...(uid !== undefined && { podUid: uid }),
    node,
    container: name,
  })
  if (choice.kind === 'all') {
    const skipped = candidates.filter((candidate) => !isUsable(candidate))
    if (skipped[0] && skipped.length === candidates.length) throw stateProblem(pod, skipped[0])
    return {
      containers: candidates.filter(isUsable).map(toTarget),
      notices: skipped.map((candidate) => skipNotice(pod, candidate)),
    }
  }
  const picked =
    choice.kind === 'named' ? pickNamed(pod, candidates, choice.name) : pickDefault(pod, candidates)
  if (!isUsable(picked.candidate)) throw stateProblem(pod, picked.candidate)
  return { containers: [toTarget(picked.candidate)], notices: picked.notices }
}

const nameOf = ({ metadata }: Pod): string => `${metadata.namespace}/${metadata.name}`

const problemOf = (pod: Pod, code: TargetErrorCode, reason: string, hint: string): TargetError =>
  new TargetError(code, `pod ${nameOf(pod)}: ${reason}`, { reason, hint })

const onlyRunning = 'Only running containers can be checkpointed.'

/** @returns the pod's node. */
function checkPod(pod: Pod, { windowsNodes, anyState }: PickOptions): string {
  const { spec, status } = pod
  if (spec.nodeName === undefined) {
    const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled')
    const reason = ['no node yet', scheduled?.reason].filter(Boolean).join(': ')
    throw problemOf(pod, 'POD_NOT_SCHEDULED', reason, scheduled?.message || onlyRunning)
  }
  if (spec.os?.name === 'windows' || windowsNodes.has(spec.nodeName)) {
    throw problemOf(pod, 'NODE_IS_WINDOWS', 'runs on Windows', 'Only Linux containers can be checkpointed.')
  }
  if (!anyState && (status?.phase === 'Succeeded' || status?.phase === 'Failed')) {
    const reason = ['ended', status.phase, status.reason].filter(Boolean).join(': ')
    throw problemOf(pod, 'POD_ENDED', reason, status.message || onlyRunning)
  }
  return spec.nodeName
}

function candidatesOf({ spec, status }: Pod): Candidate[] {
  const of = (
    kind: Candidate['kind'],
    containers: readonly Container[] = [],
    statuses: readonly ContainerStatus[] = [],
  ) => containers.map(({ name }) => ({ name, kind, status: statuses.find((status) => status.name === name) }))
  return [
    ...of('container', spec.containers, status?.containerStatuses),
    ...of('init', spec.initContainers, status?.initContainerStatuses),
    ...of('ephemeral', spec.ephemeralContainers, status?.ephemeralContainerStatuses),
  ]
}

interface PickedOne {
  readonly candidate: Candidate
  readonly notices: readonly TargetNotice[]
}

/** As kubectl: the one that the annotation names, else the first of the spec, and then it is worth a word. */
function pickDefault(pod: Pod, candidates: readonly Candidate[]): PickedOne {
  const annotated = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container']
  const named = candidates.find(({ name }) => name === annotated)
  if (named) return { candidate: named, notices: [] }
  const [first, ...others] = candidates
  if (!first) throw problemOf(pod, 'CONTAINER_NOT_FOUND', 'no containers', onlyRunning)
  const notice: TargetNotice = {
    kind: 'default-container',
    pod: nameOf(pod),
    container: first.name,
    others: others.map(({ name }) => name),
  }
  return { candidate: first, notices: others.length > 0 ? [notice] : [] }
}

function pickNamed(pod: Pod, candidates: readonly Candidate[], wanted: string): PickedOne {
  const candidate = candidates.find(({ name }) => name === wanted)
  if (candidate) return { candidate, notices: [] }
  const names = candidates.map(({ name }) => name)
  const near = nearNames(wanted, names)
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It has ${names.join(', ')}.`
  throw problemOf(pod, 'CONTAINER_NOT_FOUND', `no container ${wanted}`, hint)
}

const skipNotice = (pod: Pod, candidate: Candidate): TargetNotice => ({
  kind: 'container-skipped',
  pod: nameOf(pod),
  container: candidate.name,
  reason: describeState(candidate),
})

const isRunning = ({ status }: Candidate): boolean => status?.state?.running !== undefined

function describeState({ status }: Candidate): string {
  const { waiting, terminated } = status?.state ?? {}
  if (!terminated) return `is waiting: ${waiting?.reason ?? 'the node has not reported on it'}`
  return [`has ended with exit code ${terminated.exitCode}`, terminated.reason].filter(Boolean).join(': ')
}

function stateProblem(pod: Pod, candidate: Candidate): TargetError {
  const { waiting, terminated } = candidate.status?.state ?? {}
  const code = terminated ? 'CONTAINER_TERMINATED' : 'CONTAINER_WAITING'
  const kind = candidate.kind === 'container' ? '' : `${candidate.kind} `
  const reason = `${kind}container ${candidate.name} ${describeState(candidate)}`
  return problemOf(pod, code, reason, (terminated ?? waiting)?.message || onlyRunning)
}
