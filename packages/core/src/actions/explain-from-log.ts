import { basename, dirname } from 'node:path/posix'
import { messageOf } from '../errors.ts'
import { explainRefusal, type KubeletError } from '../remote/kubelet/index.ts'
import type { Scope } from './scope.ts'

/** CRIU's log of a container with thousands of files; the reason stands near its end. */
const logLimitBytes = 32 * 1024 * 1024

/** Reads CRIU's log on the node and says what it gives as the reason; `error` as it is where it can't be read. */
export async function explainFromLog(
  { readers, emit, signal }: Scope,
  item: string,
  node: string,
  error: KubeletError,
): Promise<KubeletError> {
  if (error.logPath === undefined) return error
  emit({ type: 'phase', item, phase: 'reading-log' })
  try {
    const log = await readers.folder(node, dirname(error.logPath)).open(basename(error.logPath), signal)
    const length = Math.min(log.size, logLimitBytes)
    const bytes = await log.read(log.size - length, length, { signal })
    return explainRefusal(error, new TextDecoder().decode(bytes))
  } catch (cause) {
    const reason = messageOf(cause)
    emit({ type: 'notice', item, notice: { kind: 'log-not-read', path: error.logPath, reason } })
    return error
  }
}
