import type { CatalogueEntry } from '../../catalogue/index.ts'
import { messageOf } from '../../errors.ts'
import type { KubeletError } from '../../remote/kubelet/index.ts'
import type { TargetContainer } from '../../remote/targets/index.ts'
import { containerItem } from '../container-item.ts'
import type { Scope } from '../scope.ts'
import type { CapturedCheckpoint } from './capture.ts'

type Recorder = Pick<Scope, 'catalogue' | 'clock' | 'connection' | 'emit'>

/** Remembers a checkpoint, with what the user has to say of it. */
export const recordTaken = (
  scope: Recorder,
  checkpoint: CapturedCheckpoint,
  note: string | undefined,
): Promise<void> =>
  record(scope, checkpoint, {
    kind: 'taken',
    ...place(scope, checkpoint),
    path: checkpoint.path,
    takenAt: checkpoint.startedAt,
    ...(note === undefined ? {} : { note }),
  })

/** Remembers why a checkpoint came to nothing. */
export const recordRefused = (
  scope: Recorder,
  container: TargetContainer,
  { code, message, logPath }: KubeletError,
): Promise<void> =>
  record(scope, container, {
    kind: 'refused',
    ...place(scope, container),
    at: time(scope.clock.now()),
    code,
    message,
    ...(logPath === undefined ? {} : { logPath }),
  })

const place = ({ connection }: Recorder, { node, namespace, pod, container }: TargetContainer) => ({
  cluster: connection.origin,
  node,
  namespace,
  pod,
  container,
})

const time = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** Whatever keeps this machine from remembering, the checkpoint is as it is. */
async function record(
  { catalogue, emit }: Recorder,
  container: TargetContainer,
  entry: CatalogueEntry,
): Promise<void> {
  try {
    await catalogue.record(entry)
  } catch (error) {
    const notice = { kind: 'not-recorded', reason: messageOf(error) } as const
    emit({ type: 'notice', item: containerItem(container), notice })
  }
}
