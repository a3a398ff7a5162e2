import pLimit from 'p-limit'
import { createCheckpointQueue, type KubeletEndpoint, resolveEndpoint } from '../../remote/kubelet/index.ts'
import { resolveTargets, type TargetContainer } from '../../remote/targets/index.ts'
import { containerItem } from '../container-item.ts'
import type { Context } from '../context.ts'
import type { ActionEvent } from '../events.ts'
import { explainFromLog } from '../explain-from-log.ts'
import { makeFolder } from '../make-folder.ts'
import { openScope, type Scope } from '../scope.ts'
import { createArchiveSearch } from './archive-search.ts'
import type { CaptureRequest, CaptureResult } from './capture.ts'
import { type CaptureTools, capturePod, type PodContainers } from './capture-pod.ts'

/** Their containers stand still meanwhile, and all write to one disk. */
const defaultPerNode = 4

/** Each holds a connection to the API server for each of its containers. */
const podsAtATime = 64

/** They share this machine's link and disk: more would not be faster. */
const fetchesAtATime = 4

/** Each takes a reader pod: every container's log is in a folder of its own. */
const logsAtATime = 4

/** The kubelet takes no shorter timeout than its runtimeRequestTimeout, of which this is the default. */
const kubeletMinimumSeconds = 120

/** What `capture` does. */
export async function takeCheckpoints(
  request: CaptureRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<CaptureResult> {
  // Before anything stands still for an archive that could not be put anywhere.
  if (request.fetchTo !== undefined) await makeFolder(request.fetchTo)
  await using scope = await openScope(context, emit, signal, request.direct ? 'capture-direct' : 'capture')
  const { containers, notices } = await resolveTargets(scope.connection, request, { signal })
  for (const notice of notices) emit({ type: 'notice', notice })
  const { timeoutSeconds, perNode = defaultPerNode } = request
  if (timeoutSeconds !== undefined && timeoutSeconds < kubeletMinimumSeconds) {
    const minimumSeconds = kubeletMinimumSeconds
    emit({ type: 'notice', notice: { kind: 'timeout-below-minimum', timeoutSeconds, minimumSeconds } })
  }
  const queue = createCheckpointQueue({ perNode, inTotal: podsAtATime, clock: context.clock })
  const endpoints = new Map<string, Promise<KubeletEndpoint>>()
  const readLog = pLimit(logsAtATime)
  const tools: CaptureTools = {
    queue,
    search: createArchiveSearch(scope),
    endpointOf(node) {
      const endpoint = endpoints.get(node) ?? resolveEndpoint(scope.connection, node, request.direct, signal)
      endpoints.set(node, endpoint)
      return endpoint
    },
    explain: (container, error) =>
      readLog(() => explainFromLog(scope, containerItem(container), container.node, error)),
  }
  const fetches = pLimit(fetchesAtATime)
  const bounded: Scope = { ...scope, inTurn: (node, work) => scope.inTurn(node, () => fetches(work)) }
  // All of them first: whoever shows progress knows from then on how many there are.
  for (const container of containers)
    emit({ type: 'phase', item: containerItem(container), phase: 'waiting' })
  const pods = await Promise.all(podsOf(containers).map((pod) => capturePod(bounded, request, pod, tools)))
  // The next command may be a script's next line, and knows nothing of this one.
  if (!signal.aborted) await queue.rest()
  const outcomes = pods.flatMap((pod) => pod.containers)
  return {
    checkpoints: outcomes.flatMap(({ checkpoint }) => checkpoint ?? []),
    pods: pods.flatMap(({ spread }) => spread ?? []),
    failures: outcomes.flatMap(({ failure }) => failure ?? []),
  }
}

/** The containers by their pods, both in the order of their first mention. */
function podsOf(containers: readonly TargetContainer[]): PodContainers[] {
  const pods = Map.groupBy(containers, ({ node, namespace, pod }) => `${node}/${namespace}/${pod}`)
  return [...pods.values()].flatMap(([first, ...others]): PodContainers[] =>
    first === undefined ? [] : [[first, ...others]],
  )
}
