import pLimit from 'p-limit'
import type { CheckDocument, DoctorReport } from '../../documents/index.ts'
import { findContainerStatus } from '../container-status.ts'
import type { Context } from '../context.ts'
import type { ActionEvent } from '../events.ts'
import type { ItemFailure } from '../item-failure.ts'
import { openProbes } from '../open-probes.ts'
import { openScope } from '../scope.ts'
import { runChecks } from './check.ts'
import { containerChecks, idleContainerChecks } from './checks/container/index.ts'
import { nodeChecks } from './checks/node/index.ts'
import type { ContainerFacts } from './container-facts.ts'
import type { DoctorRequest, Examination } from './doctor.ts'
import { findSubjects } from './find-subjects.ts'
import { gatherContainerFacts } from './gather-container-facts.ts'
import { gatherNodeFacts } from './gather-node-facts.ts'
import type { NodeFacts } from './node-facts.ts'
import { readReaderAccess } from './read-reader-access.ts'
import { usageReader } from './usage-reader.ts'

/** Each has a pod started on it. */
const nodesAtATime = 16

/** What `doctor` does: gathers facts, has them judged, and puts the judgements into a report. */
export async function examine(
  request: DoctorRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<Examination> {
  await using resources = new AsyncDisposableStack()
  const scope = resources.use(
    await openScope(context, emit, signal, request.direct ? 'doctor-direct' : 'doctor'),
  )
  const probes = request.probe ? resources.use(openProbes(scope)) : undefined
  const subjects = await findSubjects(scope, request)
  const readerAccess = await readReaderAccess(scope.connection, scope.settings.pods, signal)
  const sources = { scope, probes, readerAccess, readUsage: usageReader(scope, request) }
  const limit = pLimit(nodesAtATime)
  /** How many containers of a node its probe is still needed for. */
  const waiting = new Map(
    [...Map.groupBy(subjects.containers, ({ node }) => node)].map(([node, { length }]) => [node, length]),
  )
  const leave = async (node: string): Promise<void> => {
    const left = (waiting.get(node) ?? 0) - 1
    waiting.set(node, left)
    if (left === 0) await probes?.close(node)
  }
  const factsOf = new Map<string, NodeFacts>(
    await Promise.all(
      subjects.nodes.map((node) =>
        limit(async () => {
          signal.throwIfAborted()
          emit({ type: 'phase', item: node, phase: 'examining' })
          const facts = await gatherNodeFacts(sources, request, node)
          if (!waiting.has(node)) await probes?.close(node)
          emit({ type: 'phase', item: node, phase: 'done' })
          return [node, facts] as const
        }),
      ),
    ),
  )
  const nodes = [...factsOf].map(([node, facts]) => ({ node, checks: runChecks(nodeChecks, facts) }))
  const containers = await Promise.all(
    subjects.containers.map((target) =>
      limit(async () => {
        signal.throwIfAborted()
        const node = factsOf.get(target.node) ?? (await gatherNodeFacts(sources, request, target.node))
        const facts = await gatherContainerFacts(sources, target, node)
        const { namespace, pod, container } = target
        await leave(target.node)
        const checks = runChecks(isIdle(facts) ? idleContainerChecks : containerChecks, facts)
        return { namespace, pod, container, node: target.node, checks }
      }),
    ),
  )
  return {
    apiVersion: 'kubectl-checkpoint/v1',
    kind: 'DoctorReport',
    verdict: verdictOf(
      [...nodes, ...containers].flatMap(({ checks }) => checks),
      subjects.failures,
    ),
    nodes,
    containers,
    failures: subjects.failures,
  }
}

const isIdle = ({ pod, target }: ContainerFacts): boolean =>
  pod.known && findContainerStatus(pod.value, target.container)?.state?.running === undefined

function verdictOf(
  checks: readonly CheckDocument[],
  failures: readonly ItemFailure[],
): DoctorReport['verdict'] {
  const has = (status: CheckDocument['status']) => checks.some((check) => check.status === status)
  if (has('failure')) return 'fails'
  return has('unknown') || failures.length > 0 ? 'unknown' : 'works'
}
