import pLimit from 'p-limit'
import type { MigrationPlan, MovedPod, PlannedMove } from '../../documents/index.ts'
import { apiPath, patchObject } from '../../remote/cluster/index.ts'
import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { parseImageTarget } from '../image/image-target.ts'
import { reportFailure } from '../item-failure.ts'
import { connectToMigrate } from './connect-to-migrate.ts'
import type { MigrationResult, MoveRequest, UnmovedPod } from './migrate.ts'
import { movePod } from './move-pod.ts'

/** What `applyMigration` does. */
export async function movePods(
  { emptied, moves }: MigrationPlan,
  request: MoveRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<MigrationResult> {
  checkRepository(request.repository)
  if (emptied !== undefined) await cordon(emptied, context, signal)
  const turn = pLimit(request.parallel ?? 1)
  const outcomes = await Promise.all(
    moves.map((move) =>
      turn(async (): Promise<MovedPod | UnmovedPod> => {
        const item = `${move.namespace}/${move.pod}`
        try {
          signal.throwIfAborted()
          if (move.blockers.length > 0) throw blocked(move)
          return await movePod(move, request, context, emit, signal)
        } catch (error) {
          return { ...reportFailure({ emit, signal }, item, error), move }
        }
      }),
    ),
  )
  return {
    ...(emptied !== undefined && { emptied }),
    moved: outcomes.flatMap((outcome) => ('error' in outcome ? [] : outcome)),
    failures: outcomes.flatMap((outcome) => ('error' in outcome ? outcome : [])),
  }
}

function checkRepository(repository: string): void {
  const target = parseImageTarget(repository)
  if (target.kind === 'registry' && !/:[^/]*$/.test(target.image.replace(/^[^/]*/, ''))) return
  throw new ActionError('IMAGE_TARGET_INVALID', `${JSON.stringify(repository)} names no repository`, {
    hint: 'Name it without a tag, which each image gets: oci://registry.example/moved',
  })
}

async function cordon(node: string, context: Context, signal: AbortSignal): Promise<void> {
  const connection = await connectToMigrate(context)
  await patchObject(connection, apiPath`/api/v1/nodes/${node}`, { spec: { unschedulable: true } }, { signal })
}

function blocked({ namespace, pod, blockers }: PlannedMove): ActionError {
  const [first] = blockers
  return new ActionError('MIGRATION_BLOCKED', `${namespace}/${pod}: ${first?.message}`, {
    ...(first?.hint !== undefined && { hint: first.hint }),
  })
}
