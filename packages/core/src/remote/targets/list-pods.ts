import { nearNames } from '../../near-names.ts'
import {
  type ApiObject,
  apiPath,
  ClusterError,
  type Connection,
  getObject,
  isOwnPod,
  listObjects,
  type Pod,
} from '../cluster/index.ts'
import { TargetError } from './errors.ts'
import { collectionPath, kindNames, type TargetKind, type WorkloadKind } from './kinds.ts'
import { formatLabelSelector, type LabelSelector } from './label-selector.ts'
import type { Target } from './parse-target.ts'

interface Workload extends ApiObject {
  readonly spec: { readonly selector?: LabelSelector }
}

export interface SearchOptions {
  /** Absent: all of the cluster. */
  readonly namespace: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * The pods that a target stands for; those of a selection that ran empty are an empty list.
 * @throws {TargetError} TARGET_NOT_FOUND
 * @throws {ClusterError} those of `getObject`.
 */
export async function listPods(
  connection: Connection,
  { kind, name }: Target,
  options: SearchOptions,
): Promise<readonly Pod[]> {
  if (kind === 'pod') return [await getNamed<Pod>(connection, kind, name, options)]
  if (kind === 'node') return listPodsOfNode(connection, name, options)
  return listPodsOfWorkload(connection, kind, name, options)
}

/** The pods with these labels. @throws {ClusterError} those of `listObjects`. */
export const listPodsByLabels = (
  connection: Connection,
  labelSelector: string,
  options: SearchOptions,
): Promise<readonly Pod[]> => listSelected(connection, { labelSelector }, options)

/** Nobody who selects pods means the ones that a command has made for itself. */
async function listSelected(
  connection: Connection,
  query: Readonly<Record<string, string>>,
  { namespace, signal }: SearchOptions,
): Promise<readonly Pod[]> {
  const pods = await listObjects<Pod>(connection, collectionPath('pod', namespace), { query, signal })
  return pods.filter((pod) => !isOwnPod(pod))
}

async function listPodsOfNode(
  connection: Connection,
  name: string,
  options: SearchOptions,
): Promise<readonly Pod[]> {
  const pods = await listSelected(connection, { fieldSelector: `spec.nodeName=${name}` }, options)
  // Asked only now: whoever may not read nodes can checkpoint what runs on them.
  if (pods.length === 0) await getNamed(connection, 'node', name, options)
  return pods
}

async function listPodsOfWorkload(
  connection: Connection,
  kind: WorkloadKind,
  name: string,
  options: SearchOptions,
): Promise<readonly Pod[]> {
  const { spec } = await getNamed<Workload>(connection, kind, name, options)
  const labelSelector = formatLabelSelector(spec.selector ?? {})
  // An empty selector would select every pod.
  return labelSelector === '' ? [] : listPodsByLabels(connection, labelSelector, options)
}

async function getNamed<T>(
  connection: Connection,
  kind: TargetKind,
  name: string,
  { namespace, signal }: SearchOptions,
): Promise<T> {
  const collection = collectionPath(kind, namespace)
  try {
    return await getObject<T>(connection, `${collection}${apiPath`/${name}`}`, { signal })
  } catch (error) {
    if (!(error instanceof ClusterError && error.code === 'OBJECT_NOT_FOUND')) throw error
    const existing = await listForHint(connection, collection, signal)
    const where = kind === 'node' ? '' : ` in namespace ${namespace}`
    throw new TargetError('TARGET_NOT_FOUND', `there is no ${kind} ${name}${where}`, {
      hint: notFoundHint(kind, name, existing),
      cause: error,
    })
  }
}

/** Whoever may read one object by its name may not be allowed to list them: then there are no suggestions. */
async function listForHint(
  connection: Connection,
  path: string,
  signal: AbortSignal | undefined,
): Promise<readonly ApiObject[]> {
  try {
    return await listObjects<ApiObject>(connection, path, { signal })
  } catch (error) {
    if (error instanceof ClusterError) return []
    throw error
  }
}

function notFoundHint(kind: TargetKind, name: string, existing: readonly ApiObject[]): string {
  const mirrors = existing.filter(
    ({ metadata }) =>
      metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined &&
      metadata.ownerReferences?.some(
        (owner) => owner.kind === 'Node' && metadata.name === `${name}-${owner.name}`,
      ),
  )
  if (mirrors.length > 0) {
    const names = mirrors.map(({ metadata }) => metadata.name)
    return `${name} is a static pod: the API knows it by the name of its mirror, ${names.join(' or ')}.`
  }
  const near = nearNames(
    name,
    existing.map(({ metadata }) => metadata.name),
  )
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`
  const [type] = kind === 'pod' ? nearNames(name, kindNames) : []
  if (type !== undefined) return `Should ${name} be a type? Write it with its name in one word: ${type}/NAME`
  return kind === 'node'
    ? 'List the nodes with kubectl get nodes.'
    : `Another namespace may have it: kubectl get ${kind} -A`
}
