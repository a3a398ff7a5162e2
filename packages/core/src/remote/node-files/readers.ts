import type { Clock } from '../../clock.ts'
import { ClusterError, type Connection } from '../cluster/index.ts'
import { type NodeFolder, type OpenNodeFolder, openNodeFolder } from './node-folder.ts'
import { mountPath, readerContainer } from './reader-manifest.ts'
import { type ReaderPod, type ReaderSettings, startReaderPod } from './reader-pod.ts'
import { readerScript } from './reader-script.ts'
import { openReaderSession } from './reader-session.ts'

/** The reader pods of one command: one per node and folder, started when first needed, removed in the end. */
export interface Readers extends AsyncDisposable {
  /** Costs nothing yet: the pod starts with the first question. */
  folder(node: string, directory: string): NodeFolder
}

export type ReaderEvent =
  | { readonly type: 'starting'; readonly node: string }
  | {
      readonly type: 'resumed'
      readonly node: string
      readonly name: string
      readonly atByte: number
      readonly reason: string
    }
  /** The pod could not be removed; its deadline will. */
  | { readonly type: 'left'; readonly namespace: string; readonly pod: string; readonly reason: string }

export function createReaders(
  connection: Connection,
  settings: ReaderSettings,
  options: { readonly clock: Clock; readonly onEvent?: (event: ReaderEvent) => void },
): Readers {
  const { clock, onEvent = () => {} } = options
  const folders = new Map<string, OpenNodeFolder & { removePod(): Promise<void> }>()

  const create = (node: string, directory: string) => {
    let starting: Promise<ReaderPod> | undefined
    const connect = async (signal?: AbortSignal) => {
      if (!starting) onEvent({ type: 'starting', node })
      starting ??= startReaderPod(connection, settings, { node, directory }, { clock, signal })
      const mine = starting
      try {
        const { namespace, name } = await mine
        const command = ['sh', '-c', readerScript, 'checkpoint-reader', mountPath]
        const exec = await connection.exec({ namespace, pod: name, container: readerContainer, command })
        return await openReaderSession(exec, `${node}:${directory}`)
      } catch (error) {
        // Gone (evicted, past its deadline) or never there: the next try starts another.
        const gone = error instanceof ClusterError && error.code === 'OBJECT_NOT_FOUND'
        if (starting === mine && (gone || !(await started(mine)))) starting = undefined
        throw error
      }
    }
    const folder = openNodeFolder({
      node,
      directory,
      clock,
      connect,
      onResume: (event) => onEvent({ type: 'resumed', node, ...event }),
    })
    const removePod = async () => {
      const pod = await starting?.catch(() => undefined)
      await pod?.remove().catch((error: Error) => {
        onEvent({ type: 'left', namespace: pod.namespace, pod: pod.name, reason: error.message })
      })
    }
    return Object.assign(folder, { removePod })
  }

  return {
    folder(node, directory) {
      const key = `${node}:${directory}`
      const folder = folders.get(key) ?? create(node, directory)
      folders.set(key, folder)
      return folder
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(
        [...folders.values()].map(async (folder) => {
          await folder[Symbol.asyncDispose]()
          await folder.removePod()
        }),
      )
    },
  }
}

const started = (pod: Promise<ReaderPod>): Promise<boolean> =>
  pod.then(
    () => true,
    () => false,
  )
