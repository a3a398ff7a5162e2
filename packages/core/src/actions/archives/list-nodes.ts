import type { NodeArchive } from '../../documents/index.ts'
import { nearNames } from '../../near-names.ts'
import { ClusterError, listPages, type Node } from '../../remote/cluster/index.ts'
import { collectionPath, TargetError } from '../../remote/targets/index.ts'
import { ActionError } from '../errors.ts'
import type { Scope } from '../scope.ts'

/** A node that may have archives. */
export interface ArchiveNode {
  readonly name: string
  /** What its container runtime is called. */
  readonly engine?: NonNullable<NodeArchive['engine']>
  /** Why it can't be asked. */
  readonly problem?: ActionError
}

/**
 * The nodes to ask: `wanted`, else all that run Linux. Whoever may not list nodes asks those that `podNodes` run on,
 * which is worth a word.
 * @throws {TargetError} TARGET_NOT_FOUND; NODE_IS_WINDOWS. @throws {ClusterError} as `listObjects`.
 */
export async function listNodes(
  { connection, emit, signal }: Pick<Scope, 'connection' | 'emit' | 'signal'>,
  wanted: readonly string[] | undefined,
  podNodes: ReadonlySet<string>,
): Promise<readonly ArchiveNode[]> {
  const found = new Map<string, Node>()
  try {
    for await (const page of listPages<Node>(connection, collectionPath('node', undefined), { signal })) {
      for (const node of page) found.set(node.metadata.name, node)
    }
  } catch (error) {
    if (!(error instanceof ClusterError && error.code === 'FORBIDDEN')) throw error
    const names = wanted ?? [...podNodes]
    if (names.length === 0) throw error
    if (!wanted) emit({ type: 'notice', notice: { kind: 'nodes-not-listed', nodes: names.length } })
    return names.map((name) => ({ name }))
  }
  if (!wanted) return [...found.values()].filter(runsLinux).map(describe)
  return [...new Set(wanted)].map((name) => {
    const node = found.get(name)
    if (!node) throw noSuchNode(name, [...found.keys()])
    if (!runsLinux(node)) {
      throw new TargetError('NODE_IS_WINDOWS', `node ${name} runs Windows`, {
        hint: 'Only Linux containers can be checkpointed.',
      })
    }
    return describe(node)
  })
}

const runsLinux = ({ metadata }: Node): boolean => metadata.labels?.['kubernetes.io/os'] !== 'windows'

const engines: Readonly<Record<string, ArchiveNode['engine']>> = {
  containerd: 'containerd',
  'cri-o': 'cri-o',
}

function describe({ metadata: { name }, status }: Node): ArchiveNode {
  const [runtime = ''] = status?.nodeInfo?.containerRuntimeVersion.split(':') ?? []
  const engine = engines[runtime]
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')
  return {
    name,
    ...(engine && { engine }),
    // No pod would start there.
    ...(ready && ready.status !== 'True' && { problem: notReady(name, ready.message ?? ready.reason) }),
  }
}

const notReady = (name: string, reason = 'its kubelet is not ready'): ActionError =>
  new ActionError('NODE_NOT_READY', `node ${name} cannot be asked: ${reason}`, {
    hint: `Look at it with: kubectl describe node ${name}`,
  })

function noSuchNode(name: string, existing: readonly string[]): TargetError {
  const near = nearNames(name, existing)
  const hint =
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'List the nodes with kubectl get nodes.'
  return new TargetError('TARGET_NOT_FOUND', `there is no node ${name}`, { hint })
}
