import type { Connection } from '../../remote/cluster/index.ts'
import {
  listPods,
  listPodsByLabels,
  parseTarget,
  type Target,
  TargetError,
} from '../../remote/targets/index.ts'
import { namesPod } from './names-pod.ts'
import type { ArchiveOwner } from './parse-archive-name.ts'
import type { PodIndex } from './pod-index.ts'

/** Which archives are meant, in the user's words. Nothing: all of the connection's namespace, on all nodes. */
export interface ArchiveSelection {
  /** `POD`, `POD/CONTAINER`, `TYPE/NAME[/CONTAINER]`, also of pods that are gone. */
  readonly targets?: readonly string[]
  /** Labels of pods that exist, in place of names. */
  readonly selector?: string
  readonly allNamespaces?: boolean
  /** Only archives on these nodes. */
  readonly nodes?: readonly string[]
  readonly container?: string
}

/** A selection that is understood. */
export interface ArchiveFilter {
  /** Absent: all namespaces. */
  readonly namespace: string | undefined
  /** Whether all archives of the namespace are meant. */
  readonly isEverything: boolean
  /** The nodes that others need not be asked beside; absent: all. */
  readonly nodes: readonly string[] | undefined
  /** Whether an archive on `node` is meant, if it is this container's. */
  matches(owner: ArchiveOwner, node: string): boolean
}

type PodTest = (owner: ArchiveOwner, node: string) => boolean

/**
 * Finds out what a selection means; asks the API server for workloads and labels only.
 * @throws {TargetError} TARGET_INVALID. @throws {ClusterError} as `listObjects`, for labels.
 */
export async function planSelection(
  connection: Connection,
  selection: ArchiveSelection,
  pods: PodIndex,
  signal: AbortSignal,
): Promise<ArchiveFilter> {
  const { targets = [], selector, allNamespaces = false, container } = selection
  const namespace = allNamespaces ? undefined : connection.namespace
  const search = { namespace, signal }
  const parsed = targets.map((text) => checkTarget(text, parseTarget(text), selection))
  const tests: PodTest[] =
    selector === undefined
      ? await Promise.all(parsed.map((target) => planTarget(connection, target, pods, search)))
      : [oneOf(await listPodsByLabels(connection, selector, search))]
  const nodesOnly = parsed.length > 0 && parsed.every(({ kind }) => kind === 'node')
  return {
    namespace,
    isEverything: tests.length === 0 && container === undefined,
    nodes: selection.nodes ?? (nodesOnly ? parsed.map(({ name }) => name) : undefined),
    matches: (owner, node) =>
      (namespace === undefined || owner.namespace === namespace) &&
      (container === undefined || owner.container === container) &&
      (tests.length === 0 || tests.some((test) => test(owner, node))),
  }
}

/** @throws {TargetError} TARGET_INVALID */
function checkTarget(text: string, target: Target, { selector, allNamespaces, container }: ArchiveSelection) {
  if (selector !== undefined) {
    throw invalid('names and a selector are given at once', 'Choose one: names, or -l with labels.')
  }
  if (target.container !== undefined && container !== undefined) {
    throw invalid(`target "${text}" names a container, and so does an option`, 'Leave out -c.')
  }
  if (allNamespaces && target.kind !== 'node') {
    throw invalid(
      `${target.kind} ${target.name} cannot be looked up in all namespaces`,
      'Names are unique in one namespace only: give it with -n in place of -A.',
    )
  }
  return target
}

async function planTarget(
  connection: Connection,
  target: Target,
  pods: PodIndex,
  search: { readonly namespace: string | undefined; readonly signal: AbortSignal },
): Promise<PodTest> {
  const { kind, name, container } = target
  const isContainer = (owner: ArchiveOwner) => container === undefined || owner.container === container
  if (kind === 'node') return (owner, node) => node === name && isContainer(owner)
  if (kind === 'pod') return (owner) => owner.pod === name && isContainer(owner)
  const isTheirs = oneOf(
    await listPods(connection, target, search).catch((error) => {
      // A workload that is gone has left archives, too.
      if (error instanceof TargetError && error.code === 'TARGET_NOT_FOUND') return []
      throw error
    }),
  )
  // Pods that exist are of whom they belong to; names alone tell where they are gone.
  return (owner, node) =>
    isContainer(owner) &&
    (isTheirs(owner, node) || (!pods.has(owner.namespace, owner.pod) && namesPod(kind, name, owner.pod)))
}

/** Whether the archive is of one of these pods. */
function oneOf(pods: Awaited<ReturnType<typeof listPods>>): PodTest {
  const names = new Set(pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`))
  return ({ namespace, pod }) => names.has(`${namespace}/${pod}`)
}

const invalid = (message: string, hint: string): TargetError =>
  new TargetError('TARGET_INVALID', message, { hint })
