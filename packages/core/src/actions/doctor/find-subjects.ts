import { apiPath, ClusterError, getObject, listObjects, type Node } from '../../remote/cluster/index.ts'
import { parseTarget, resolveTargets, type TargetContainer, TargetError } from '../../remote/targets/index.ts'
import type { Scope } from '../scope.ts'
import type { DoctorRequest } from './doctor.ts'

/** What is looked at: nodes, among them those of all containers. None of them twice. */
export interface Subjects {
  readonly nodes: readonly string[]
  readonly containers: readonly TargetContainer[]
}

type Words = Pick<DoctorRequest, 'targets' | 'selector' | 'allNamespaces' | 'container' | 'allContainers'>

/**
 * Finds out what the words of a request mean. A bare word is a pod, as everywhere, unless there is none but a node.
 * @throws {TargetError} @throws {ClusterError} those of `resolveTargets` and `listObjects`.
 */
export async function findSubjects(scope: Scope, request: Words): Promise<Subjects> {
  const { connection, signal } = scope
  const { targets, selector, allNamespaces } = request
  if (targets.length === 0 && selector === undefined && !allNamespaces) {
    const query = { labelSelector: 'kubernetes.io/os!=windows' }
    const nodes = await listObjects<Node>(connection, '/api/v1/nodes', { query, signal })
    return { nodes: nodes.map(({ metadata }) => metadata.name), containers: [] }
  }
  const found = await Promise.all(
    targets.length === 0
      ? [findContainers(scope, request)]
      : targets.map((word) => findOne(scope, request, word)),
  )
  const containers = found.flatMap((subjects) => subjects.containers)
  const nodes = new Set(
    found.flatMap((subjects) => [...subjects.nodes, ...subjects.containers.map(({ node }) => node)]),
  )
  const byName = new Map(containers.map((container) => [JSON.stringify(container), container]))
  return { nodes: [...nodes], containers: [...byName.values()] }
}

async function findOne(scope: Scope, request: Words, word: string): Promise<Subjects> {
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

async function findContainers({ connection, emit, signal }: Scope, request: Words): Promise<Subjects> {
  const { containers, notices } = await resolveTargets(connection, request, { signal })
  for (const notice of notices) emit({ type: 'notice', notice })
  return { nodes: [], containers }
}

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
