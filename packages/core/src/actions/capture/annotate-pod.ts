import { messageOf } from '../../errors.ts'
import { apiPath, patchObject } from '../../remote/cluster/index.ts'
import type { Scope } from '../scope.ts'
import type { CapturedCheckpoint } from './capture.ts'

/** On a pod: the time of its last checkpoint. */
const podAnnotation = 'kubectl-checkpoint/last-checkpoint'

/** Likewise of one container; a name and an annotation's last part have the same form. */
const containerAnnotation = (container: string): string => `last-checkpoint.kubectl-checkpoint/${container}`

/** Nothing cancels it: it says what is so already. */
const patienceMs = 30_000

/**
 * Writes onto a pod when its containers were checkpointed. Not onto another that has taken its name, and whatever keeps
 * it from being written, the checkpoints are as they are.
 */
export async function annotatePod(
  { connection, emit }: Pick<Scope, 'connection' | 'emit'>,
  { namespace, pod, podUid }: { readonly namespace: string; readonly pod: string; readonly podUid?: string },
  checkpoints: readonly CapturedCheckpoint[],
): Promise<void> {
  const times = checkpoints.map(({ container, startedAt }) => ({ container, time: wholeSeconds(startedAt) }))
  const newest = times
    .map(({ time }) => time)
    .sort()
    .at(-1)
  const annotations = Object.fromEntries([
    [podAnnotation, newest],
    ...times.map(({ container, time }) => [containerAnnotation(container), time]),
  ])
  try {
    await patchObject(
      connection,
      apiPath`/api/v1/namespaces/${namespace}/pods/${pod}`,
      { metadata: { uid: podUid, annotations } },
      { timeoutMs: patienceMs },
    )
  } catch (error) {
    emit({
      type: 'notice',
      notice: { kind: 'not-annotated', pod: `${namespace}/${pod}`, reason: messageOf(error) },
    })
  }
}

const wholeSeconds = (time: string): string => time.replace(/\.\d+Z$/, 'Z')
