import { messageOf } from '../errors.ts'
import { explainRefusal, type KubeletError } from '../remote/kubelet/index.ts'
import { readCriuLog } from './read-criu-log.ts'
import type { Scope } from './scope.ts'

/** Reads CRIU's log on the node and says what it gives as the reason; `error` as it is where it can't be read. */
export async function explainFromLog(
  scope: Scope,
  item: string,
  node: string,
  error: KubeletError,
): Promise<KubeletError> {
  const { emit } = scope
  if (error.logPath === undefined) return error
  emit({ type: 'phase', item, phase: 'reading-log' })
  try {
    const { text } = await readCriuLog(scope, node, error.logPath)
    return explainRefusal(error, text)
  } catch (cause) {
    const reason = messageOf(cause)
    emit({ type: 'notice', item, notice: { kind: 'log-not-read', path: error.logPath, reason } })
    return error
  }
}
