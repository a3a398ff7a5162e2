import type { SearchedContainer } from '../../documents/index.ts'
import { CheckpointError } from '../../errors.ts'
import type { Pod } from '../../remote/cluster/index.ts'
import type { TargetContainer } from '../../remote/targets/index.ts'
import { containerItem } from '../container-item.ts'
import { findContainerStatus } from '../container-status.ts'
import { type CriuLogFile, readCriuLog } from '../read-criu-log.ts'
import type { Scope } from '../scope.ts'
import { findDumpLog } from './find-dump-log.ts'

/** CRIU's log of the last checkpoint that it refused to take of a container. */
export interface DumpLog extends CriuLogFile {
  /** On the node. */
  readonly path: string
}

export interface DumpLogSearch {
  readonly places: SearchedContainer['places']
  readonly log: DumpLog | undefined
}

/** Reads that log on the node of a container, if there is one. */
export async function readDumpLog(scope: Scope, target: TargetContainer, pod: Pod): Promise<DumpLogSearch> {
  const status = findContainerStatus(pod, target.container)
  const path = findDumpLog(status?.containerID)
  // The log goes with what ran: to start a pod on the node for it would be in vain.
  if (path === undefined || status?.state?.running === undefined) return { places: [], log: undefined }
  const place = { source: 'criu-log', place: `${target.node}:${path}` } as const
  const item = containerItem(target)
  scope.emit({ type: 'phase', item, phase: 'reading-log' })
  try {
    const log = await readCriuLog(scope, target.node, path)
    return { places: [place], log: { ...log, path } }
  } catch (error) {
    if (scope.signal.aborted || !(error instanceof CheckpointError)) throw error
    if (error.code === 'NODE_FILE_NOT_FOUND') return { places: [place], log: undefined }
    return { places: [{ ...place, unreadable: error.message }], log: undefined }
  } finally {
    scope.emit({ type: 'phase', item, phase: 'done' })
  }
}
