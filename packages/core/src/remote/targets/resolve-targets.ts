import { ClusterError, type Connection, listObjects, type Node, type Pod } from '../cluster/index.ts'
import { TargetError } from './errors.ts'
import { collectionPath } from './kinds.ts'
import { listPods, listPodsByLabels } from './list-pods.ts'
import type { TargetNotice } from './notices.ts'
import { parseTarget } from './parse-target.ts'
import {
  type ContainerChoice,
  type Picked,
  type PickOptions,
  pickContainers,
  type TargetContainer,
} from './pick-containers.ts'

/** What to checkpoint, in the user's words. Namespaced names are those of the connection's namespace. */
export interface TargetRequest {
  /** `POD`, `POD/CONTAINER`, `TYPE/NAME[/CONTAINER]`. */
  readonly targets: readonly string[]
  /** Labels of the pods, in place of names. */
  readonly selector?: string
  /** With a selector or nodes: in the whole cluster. */
  readonly allNamespaces?: boolean
  /** The container of each pod; default: as kubectl picks it. */
  readonly container?: string
  readonly allContainers?: boolean
}

export interface ResolvedTargets {
  /** None of them twice. At least one. */
  readonly containers: readonly TargetContainer[]
  readonly notices: readonly TargetNotice[]
}

export interface ResolveOptions {
  readonly signal?: AbortSignal | undefined
  /** Takes containers that don't run, too, for what they have left on their node. Default: running ones only. */
  readonly anyState?: boolean
}

/** Pods that belong together, so that one which can't be checkpointed doesn't keep the others from it. */
interface Selection {
  /** For messages: `deployment/web`. */
  readonly label: string
  readonly choice: ContainerChoice
  list(): Promise<readonly Pod[]>
}

/**
 * Finds out which containers are meant, and that each runs: nothing is checkpointed if one name is wrong.
 * @throws {TargetError} any code.
 * @throws {ClusterError} those of `getObject`.
 */
export async function resolveTargets(
  connection: Connection,
  request: TargetRequest,
  { signal, anyState = false }: ResolveOptions = {},
): Promise<ResolvedTargets> {
  const selections = planSelections(connection, request, signal)
  const [windowsNodes, found] = await Promise.all([
    listWindowsNodes(connection, signal),
    Promise.allSettled(selections.map((selection) => selection.list())),
  ])
  const picked = selections.map((selection, index) =>
    pickFromSelection(selection, podsOf(found[index]), { windowsNodes, anyState }),
  )
  return {
    containers: distinct(picked.flatMap(({ containers }) => containers)),
    notices: distinct(picked.flatMap(({ notices }) => notices)),
  }
}

/** Of several names that aren't there the first is told, not the one whose answer came first. */
function podsOf(found: PromiseSettledResult<readonly Pod[]> | undefined): readonly Pod[] {
  if (found?.status === 'rejected') throw found.reason
  return found?.value ?? []
}

function planSelections(
  connection: Connection,
  request: TargetRequest,
  signal: AbortSignal | undefined,
): Selection[] {
  const { targets, selector, allNamespaces, container, allContainers } = request
  if (container !== undefined && allContainers) {
    throw invalid('a container and all containers are asked for at once', 'Choose -c or --all-containers.')
  }
  const search = { namespace: allNamespaces ? undefined : connection.namespace, signal }
  const choiceFor = (name: string | undefined): ContainerChoice => {
    if (name !== undefined) return { kind: 'named', name }
    return { kind: allContainers ? 'all' : 'default' }
  }
  if (selector) {
    if (targets.length > 0) {
      throw invalid('names and a selector are given at once', 'Choose one: names, or -l with labels.')
    }
    const list = () => listPodsByLabels(connection, selector, search)
    return [{ label: `selector ${selector}`, choice: choiceFor(container), list }]
  }
  if (targets.length === 0) {
    throw invalid(
      'nothing is named',
      'Name a pod, a workload or a node, or select pods by their labels with -l.',
    )
  }
  return targets.map((text) => {
    const target = parseTarget(text)
    if (target.container !== undefined && (container !== undefined || allContainers)) {
      throw invalid(
        `target "${text}" names a container, and so does an option`,
        'Leave out -c and --all-containers.',
      )
    }
    if (allNamespaces && target.kind !== 'node') {
      throw invalid(
        `${target.kind} ${target.name} cannot be looked up in all namespaces`,
        'Names are unique in one namespace only: give it with -n in place of -A.',
      )
    }
    const list = () => listPods(connection, target, search)
    return {
      label: `${target.kind}/${target.name}`,
      choice: choiceFor(target.container ?? container),
      list,
    }
  })
}

function pickFromSelection({ label, choice }: Selection, pods: readonly Pod[], options: PickOptions): Picked {
  const containers: TargetContainer[] = []
  const notices: TargetNotice[] = []
  const problems: TargetError[] = []
  for (const pod of pods) {
    try {
      const picked = pickContainers(pod, choice, options)
      containers.push(...picked.containers)
      notices.push(...picked.notices)
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      problems.push(error)
      const name = `${pod.metadata.namespace}/${pod.metadata.name}`
      notices.push({ kind: 'pod-skipped', pod: name, reason: error.reason })
    }
  }
  if (containers.length === 0) throw emptyHanded(label, problems)
  return { containers, notices }
}

function emptyHanded(label: string, problems: readonly TargetError[]): TargetError {
  const [first] = problems
  if (!first) {
    return new TargetError('NO_MATCH', `${label} has no pods`, {
      hint: 'Look with kubectl get pods --show-labels, or in all namespaces with -A.',
    })
  }
  if (problems.length === 1) return first
  const message = `none of the ${problems.length} pods of ${label} can be checkpointed: ${first.message}`
  return new TargetError(first.code, message, {
    cause: first,
    ...(first.hint !== undefined && { hint: first.hint }),
  })
}

/** One request whose answer is empty in most clusters. Whoever may not list nodes learns it from the kubelet. */
async function listWindowsNodes(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  try {
    const query = { labelSelector: 'kubernetes.io/os=windows' }
    const nodes = await listObjects<Node>(connection, collectionPath('node', undefined), { query, signal })
    return new Set(nodes.map(({ metadata }) => metadata.name))
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'FORBIDDEN') return new Set()
    throw error
  }
}

/** The first of each group of equals, in their order. */
const distinct = <T>(values: readonly T[]): T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
]

const invalid = (message: string, hint: string): TargetError =>
  new TargetError('TARGET_INVALID', message, { hint })
