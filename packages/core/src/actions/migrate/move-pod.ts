import { readStats } from '../../checkpoint/container/index.ts'
import type { MovedPod, PlannedMove, RestoredPod, RestorePlan } from '../../documents/index.ts'
import { messageOf } from '../../errors.ts'
import { apiPath } from '../../remote/cluster/index.ts'
import { takeCheckpoints } from '../capture/take-checkpoints.ts'
import type { Context } from '../context.ts'
import type { ActionEvent } from '../events.ts'
import { openArchiveReference } from '../open-archive-reference.ts'
import { removeObject } from '../remove-object.ts'
import { carryOut } from '../restore/carry-out.ts'
import { drawUpPlan } from '../restore/draw-up-plan.ts'
import { chooseNamed } from '../retention/choose-archives.ts'
import { eraseArchives } from '../retention/erase-archives.ts'
import { connectToMigrate } from './connect-to-migrate.ts'
import type { MoveRequest } from './migrate.ts'
import { removeImage } from './remove-image.ts'
import { switchOver } from './switch-over.ts'
import { within } from './within.ts'

/** Moves one pod. Where that fails, the old one runs on, and what was made is gone. */
export async function movePod(
  move: PlannedMove,
  request: MoveRequest,
  anywhere: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<MovedPod> {
  const { namespace, pod, container, from, to } = move
  const context = within(anywhere, namespace)
  const { checkpoints, failures } = await takeCheckpoints(
    { targets: [`pod/${pod}/${container}`] },
    context,
    emit,
    signal,
  )
  const [checkpoint] = checkpoints
  if (!checkpoint) throw failures[0]?.error ?? new Error(`${namespace}/${pod} has no checkpoint`)
  const { archive, startedAt } = checkpoint
  try {
    const image = `${request.repository}:${tagOf(move, startedAt)}`
    const plan = await drawUpPlan(
      { archive, image, container, ...(to !== undefined && { node: to }) },
      context,
      emit,
      signal,
    )
    const { restored, gapMs } = await restore(move, plan, request, startedAt, context, emit, signal)
    const frozenMs = await readFrozenMs(restored.image, context, emit, signal)
    return {
      namespace,
      pod,
      container,
      from,
      ...(restored.node !== undefined && { to: restored.node }),
      newPod: restored.pod,
      image: restored.image,
      ...(frozenMs !== undefined && { frozenMs }),
      gapMs,
      sourceKept: request.keepSource === true,
    }
  } finally {
    await removeArchive(archive, context, emit)
  }
}

/** Until the new pod has the old one's place, or neither it nor its image is there any more. */
async function restore(
  move: PlannedMove,
  plan: RestorePlan,
  request: MoveRequest,
  startedAt: string,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<{ restored: RestoredPod; gapMs: number }> {
  try {
    const restored = await carryOut(plan, request, context, emit, signal)
    const gapMs = context.clock.now() - Date.parse(startedAt)
    if (!request.keepSource) await replace(move, restored, context, emit)
    return { restored, gapMs }
  } catch (error) {
    await removeImage(plan.image, context, emit)
    throw error
  }
}

/** As an image's tag may be: `shop-web-0-app-20261124T101530123`. */
function tagOf({ namespace, pod, container }: PlannedMove, startedAt: string): string {
  const time = startedAt.replace(/[^0-9T]/g, '')
  return `${`${namespace}-${pod}-${container}`.slice(0, longestTag - 1 - time.length)}-${time}`
}

const longestTag = 128

/** The old pod's place becomes the new one's; where it doesn't, the new one goes. */
async function replace(
  move: PlannedMove,
  { namespace, pod }: RestoredPod,
  context: Context,
  emit: (event: ActionEvent) => void,
): Promise<void> {
  try {
    await switchOver(move, pod, context)
  } catch (error) {
    const path = apiPath`/api/v1/namespaces/${namespace}/pods/${pod}`
    await removeObject(await connectToMigrate(context), { path, namespace, object: `pod/${pod}` }, emit)
    throw error
  }
}

async function readFrozenMs(
  image: string,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<number | undefined> {
  await using opened = await openArchiveReference(`oci://${image}`, context, { signal, emit })
  const stats = await readStats(opened, () => {}, { signal })
  const { frozenTimeMicroseconds: frozen } = stats ?? {}
  return frozen === undefined ? undefined : frozen / 1000
}

/** It was made on the way, and is of no use any more: the image has what it had. */
async function removeArchive(
  archive: string,
  context: Context,
  emit: (event: ActionEvent) => void,
): Promise<void> {
  // Not that of the command: Ctrl-C, too, is to leave nothing.
  const signal = AbortSignal.timeout(removalPatienceMs)
  const reason = await chooseNamed({ archives: [archive] }, context, emit, signal)
    .then(({ remove }) => eraseArchives(remove, context, emit, signal))
    .then(({ failures }) => failures[0]?.error.message, messageOf)
  if (reason !== undefined) {
    emit({ type: 'notice', notice: { kind: 'archive-left', archive, reason } })
  }
}

const removalPatienceMs = 60_000
