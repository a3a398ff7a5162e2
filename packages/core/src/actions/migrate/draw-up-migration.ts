import type { MigrationPlan, PlannedMove } from '../../documents/index.ts'
import {
  apiPath,
  ClusterError,
  type Connection,
  getObject,
  type Node,
  type PersistentVolumeClaim,
  type Pod,
} from '../../remote/cluster/index.ts'
import { parseTarget, resolveTargets, type TargetContainer, TargetError } from '../../remote/targets/index.ts'
import type { Context } from '../context.ts'
import type { ActionEvent } from '../events.ts'
import { nothing } from '../restore/judgement.ts'
import { connectToMigrate } from './connect-to-migrate.ts'
import { controllerOf, judgeSource } from './judge-source.ts'
import { judgeTarget } from './judge-target.ts'
import type { MigrateRequest } from './migrate.ts'

/** What `planMigration` does. */
export async function drawUpMigration(
  { target: text, to }: MigrateRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<MigrationPlan> {
  const connection = await connectToMigrate(context)
  const target = parseTarget(text)
  const isNode = target.kind === 'node'
  const request = { targets: [text], ...(isNode && { allNamespaces: true }) }
  const { containers, notices } = await resolveTargets(connection, request, { signal }).catch((error) => {
    // A node that was emptied before, by a call that was stopped or by somebody else, is what is wanted.
    if (isNode && error instanceof TargetError && error.code === 'NO_MATCH')
      return { containers: [], notices: [] }
    throw error
  })
  // Which container a pod goes on with, its move says.
  for (const notice of notices) {
    if (notice.kind !== 'default-container') emit({ type: 'notice', notice })
  }
  const nodes = nodeReader(connection, signal)
  const toNode = to === undefined ? undefined : await nodes(to)
  const moves: PlannedMove[] = []
  for (const container of containers) {
    const isNamed = target.container !== undefined
    const path = apiPath`/api/v1/namespaces/${container.namespace}/pods/${container.pod}`
    const pod = await getObject<Pod>(connection, path, { signal })
    // It leaves the node by itself.
    if (isNode && pod.metadata.deletionTimestamp !== undefined) continue
    moves.push(await planMove(connection, pod, container, { isNamed, to: toNode, nodes, signal }))
  }
  return {
    apiVersion: 'kubectl-checkpoint/v1',
    kind: 'MigrationPlan',
    ...(isNode && { emptied: target.name }),
    moves,
  }
}

interface Surroundings {
  readonly isNamed: boolean
  readonly to: Node | undefined
  readonly nodes: (name: string) => Promise<Node>
  readonly signal: AbortSignal
}

async function planMove(
  connection: Connection,
  pod: Pod,
  { namespace, pod: podName, podUid, container, node: from }: TargetContainer,
  { isNamed, to, nodes, signal }: Surroundings,
): Promise<PlannedMove> {
  const claims = await readClaims(connection, pod, signal)
  const ofTarget = to ? judgeTarget(to, await nodes(from)) : nothing
  const ofSource = judgeSource(pod, { container, claims, isNamed })
  const controller = controllerOf(pod)
  return {
    namespace,
    pod: podName,
    ...(podUid !== undefined && { podUid }),
    container,
    from,
    ...(to && { to: to.metadata.name }),
    ...(controller !== undefined && { controller }),
    blockers: [...ofTarget.blockers, ...ofSource.blockers],
    warnings: [...ofTarget.warnings, ...ofSource.warnings],
  }
}

/** Each node once. */
function nodeReader(connection: Connection, signal: AbortSignal): (name: string) => Promise<Node> {
  const known = new Map<string, Promise<Node>>()
  return (name) => {
    const node = known.get(name) ?? getObject<Node>(connection, apiPath`/api/v1/nodes/${name}`, { signal })
    known.set(name, node)
    return node
  }
}

async function readClaims(
  connection: Connection,
  { metadata: { namespace = '' }, spec: { volumes = [] } }: Pod,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PersistentVolumeClaim | undefined>> {
  const claims = new Map<string, PersistentVolumeClaim | undefined>()
  for (const { persistentVolumeClaim: claim } of volumes) {
    if (!claim) continue
    const path = apiPath`/api/v1/namespaces/${namespace}/persistentvolumeclaims/${claim.claimName}`
    const found = await getObject<PersistentVolumeClaim>(connection, path, { signal }).catch((error) => {
      if (error instanceof ClusterError && error.code === 'FORBIDDEN') return undefined
      throw error
    })
    claims.set(claim.claimName, found)
  }
  return claims
}
