import { readMounts } from '../../checkpoint/namespaces/index.ts'
import { type CriuExplanation, explainRestoreFailure, explainRestoreLog } from '../../diagnosis/index.ts'
import type { RestorePlan } from '../../documents/index.ts'
import { messageOf } from '../../errors.ts'
import type { Pod } from '../../remote/cluster/index.ts'
import { catchRestoreLog } from '../../remote/node-probe/index.ts'
import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { openArchiveReference } from '../open-archive-reference.ts'
import { openProbes } from '../open-probes.ts'
import type { Failure } from './wait-until-ready.ts'

/** By its status, where that says enough, else by CRIU's log of the next time that the node tries. */
export async function explainFailure(
  { archive, image }: Pick<RestorePlan, 'archive' | 'image'>,
  pod: Pod | undefined,
  { trouble, events }: Failure,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<ActionError> {
  const known = [trouble, ...events]
    .map((text) => explainRestoreFailure(text))
    .find((explanation) => explanation !== undefined)
  const isOfCriu = known?.causes[0]?.id === 'restore-failed'
  const logged = pod && isOfCriu ? await readLog(image, pod, context, emit, signal) : undefined
  const [cause] = (logged ?? known)?.causes ?? []
  const lines = logged?.lines.slice(0, mostQuoted) ?? []
  const reasons = [cause?.meaning, ...(lines.length > 0 ? lines : [trouble])].filter(Boolean)
  return new ActionError('RESTORE_FAILED', `${archive} was not restored: ${reasons.join(' ')}`, {
    hint: cause?.hint ?? 'What was made in the cluster has been removed again.',
    ...(cause?.fix && { fix: cause.fix }),
  })
}

const mostQuoted = 3

/** Undefined: nobody could say, which is told. */
async function readLog(
  image: string,
  { metadata: { uid = '', namespace, name }, spec: { nodeName } }: Pod,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<CriuExplanation | undefined> {
  if (nodeName === undefined) return undefined
  const item = `${namespace}/${name}`
  emit({ type: 'phase', item, phase: 'reading-log' })
  const [connection, settings] = await Promise.all([context.connect(), context.settings()])
  try {
    await using probes = openProbes({ connection, settings, clock: context.clock, emit })
    const log = await probes.ask(nodeName, catchRestoreLog(uid), signal)
    if (log === undefined) throw new Error('the node has not tried again in time')
    await using archive = await openArchiveReference(`oci://${image}`, context, { signal, emit })
    const mounts = await readMounts(archive, [], () => {}, { signal })
    return explainRestoreLog(log.text, (id) => mounts.find((mount) => mount.id === id)?.mountPoint)
  } catch (error) {
    signal.throwIfAborted()
    const notice = {
      kind: 'log-not-read',
      path: `${nodeName}: restore.log`,
      reason: messageOf(error),
    } as const
    emit({ type: 'notice', item, notice })
    return undefined
  }
}
