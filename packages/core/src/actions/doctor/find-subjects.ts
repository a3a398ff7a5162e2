import { apiPath, ClusterError, getObject, listObjects, type Node } from '../../remote/cluster/index.ts'
import {
  parseTarget,
  resolveTargets,
  type TargetContainer,
  TargetError,
  type TargetErrorCode,
} from '../../remote/targets/index.ts'
import { type ItemFailure, reportFailure } from '../item-failure.ts'
import type { Scope } from '../scope.ts'
import type { DoctorRequest } from './doctor.ts'

/** What is looked at: nodes, among them those of all containers. None of them twice. */
export interface Subjects {
  readonly nodes: readonly string[]
  readonly containers: readonly TargetContainer[]
  /** Names that nothing was found by. */
  readonly failures: readonly ItemFailure[]
}

type Found = Omit<Subjects, 'failures'>

type Words = Pick<DoctorRequest, 'targets' | 'selector' | 'allNamespaces' | 'container' | 'allContainers'>

/**
 * Finds out what the words of a request mean. A bare word is a pod, as everywhere, unless there is none but a node.
 * What one word of several doesn't mean keeps nobody from looking at the others.
 * @throws {TargetError} @throws {ClusterError} those of `resolveTargets` and `listObjects`, where no word means anything.
 */
export async function findSubjects(scope: Scope, request: Words): Promise<Subjects> {
  const { connection, signal } = scope
  const { targets, selector, allNamespaces } = request
  if (targets.length === 0 && selector === undefined && !allNamespaces) {
    const query = { labelSelector: 'kubernetes.io/os!=windows' }
    const nodes = await listObjects<Node>(connection, '/api/v1/nodes', { query, signal })
    return { nodes: nodes.map(({ metadata }) => metadata.name), containers: [], failures: [] }
  }
  const settled = await Promise.allSettled(
    targets.length === 0
      ? [findContainers(scope, request)]
      : targets.map((word) => findOne(scope, request, word)),
  )
  const refused = settled.flatMap((one, index) =>
    one.status === 'rejected' ? [{ item: targets[index] ?? '', reason: one.reason }] : [],
  )
  if (refused[0] && (refused.length === settled.length || signal.aborted)) throw refused[0].reason
  const failures = refused.map(({ item, reason }) => reportFailure(scope, item, reason))
  const found = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const containers = found.flatMap((subjects) => subjects.containers)
  const nodes = new Set(
    found.flatMap((subjects) => [...subjects.nodes, ...subjects.containers.map(({ node }) => node)]),
  )
  const byName = new Map(containers.map((container) => [JSON.stringify(container), container]))
  return { nodes: [...nodes], containers: [...byName.values()], failures }
}

async function findOne(scope: Scope, request: Words, word: string): Promise<Found> {
  const target = parseTarget(word)
  if (target.kind === 'node' && target.container === undefined && !request.allContainers) {
    if ((await isNode(scope, target.name)) === false) {
      throw new TargetError('TARGET_NOT_FOUND', `there is no node ${target.name}`, {
        hint: 'List the nodes with kubectl get nodes.',
      })
    }
    return { nodes: [target.name], containers: [] }
  }
  try {
    return await findContainers(scope, { ...request, targets: [word] })
  } catch (error) {
    const isBare = !word.includes('/')
    const isMissing = error instanceof TargetError && error.code === 'TARGET_NOT_FOUND'
    if (!isBare || !isMissing || !(await isNode(scope, word))) throw error
    return { nodes: [word], containers: [] }
  }
}

/** The running ones; where none of those that are meant runs, that is what there is to be found. */
async function findContainers({ connection, emit, signal }: Scope, request: Words): Promise<Found> {
  const { containers, notices } = await resolveTargets(connection, request, { signal }).catch((error) => {
    if (!(error instanceof TargetError && isIdle.has(error.code))) throw error
    return resolveTargets(connection, request, { signal, anyState: true })
  })
  for (const notice of notices) emit({ type: 'notice', notice })
  return { nodes: [], containers }
}

const isIdle: ReadonlySet<TargetErrorCode> = new Set([
  'POD_ENDED',
  'CONTAINER_WAITING',
  'CONTAINER_TERMINATED',
])

/** Undefined: whoever may not read nodes can't know. */
async function isNode({ connection, signal }: Scope, name: string): Promise<boolean | undefined> {
  try {
    await getObject<Node>(connection, apiPath`/api/v1/nodes/${name}`, { signal })
    return true
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'OBJECT_NOT_FOUND') return false
    if (error instanceof ClusterError && error.code === 'FORBIDDEN') return undefined
    throw error
  }
}
