import type { Clock } from '../../clock.ts'
import type { Connection } from '../cluster/index.ts'
import {
  createLazyPod,
  type LazyPod,
  mountPath,
  type NodePodSettings,
  type PodName,
} from '../node-pods/index.ts'
import type { ResumeEvent } from './broken-connection.ts'
import type { RunStream } from './file-stream.ts'
import { type NodeFolder, openNodeFolder } from './node-folder.ts'
import { readerScript } from './reader-script.ts'
import { openReaderSession, type ReaderSession } from './reader-session.ts'
import { streamScript } from './stream-script.ts'
import { type OpenWritableNodeFolder, openWritableNodeFolder } from './writable-folder.ts'
import { writerScript } from './writer-script.ts'
import { openWriterSession } from './writer-session.ts'

/** The reader pods of one command: one per node and folder, started when first needed, removed in the end. */
export interface Readers extends AsyncDisposable {
  /** Costs nothing yet: the pod starts with the first question. */
  folder(node: string, directory: string): NodeFolder
  /** Removes the pod of a folder, if there is one; the next question to the folder starts another. */
  close(node: string, directory: string): Promise<void>
  /**
   * Costs nothing yet: a pod of its own starts with the first change. Whoever opens the folder closes it, and thus has
   * the pod removed.
   */
  openWritableFolder(node: string, directory: string): OpenWritableNodeFolder
}

export type ReaderEvent =
  | ({ readonly type: 'resumed'; readonly node: string } & ResumeEvent)
  /** The pod could not be removed; its deadline will. */
  | { readonly type: 'left'; readonly namespace: string; readonly pod: string; readonly reason: string }

export function createReaders(
  connection: Connection,
  settings: NodePodSettings,
  options: { readonly clock: Clock; readonly onEvent?: (event: ReaderEvent) => void },
): Readers {
  const { clock, onEvent = () => {} } = options
  const folders = new Map<string, NodeFolder & { remove(): Promise<void> }>()
  // Not the signal of whoever asks first: others may be waiting for the same pod, or ask for it after a cancellation.
  const closing = new AbortController()
  const { signal } = closing
  const onLeft = (pod: PodName, reason: string) =>
    onEvent({ type: 'left', namespace: pod.namespace, pod: pod.name, reason })

  const lazyPod = (role: 'reader' | 'writer', node: string, directory: string) =>
    createLazyPod(connection, settings, { role, node, directory }, { clock, signal, onLeft })
  const onResumeOn = (node: string) => (event: ResumeEvent) => onEvent({ type: 'resumed', node, ...event })

  const create = (node: string, directory: string) => {
    const pod = lazyPod('reader', node, directory)
    const connect = async (): Promise<ReaderSession> => {
      const exec = await pod.exec(['sh', '-c', readerScript, 'checkpoint-reader', mountPath])
      return openReaderSession(exec, `${node}:${directory}`)
    }
    const runStream: RunStream = (words) =>
      pod.exec(['sh', '-c', streamScript, 'checkpoint-stream', ...words, mountPath])
    const folder = openNodeFolder({
      node,
      directory,
      clock,
      connect,
      runStream,
      onResume: onResumeOn(node),
    })
    return Object.assign(folder, { remove: () => closeFolder(folder, pod) })
  }

  return {
    folder(node, directory) {
      const key = `${node}:${directory}`
      const folder = folders.get(key) ?? create(node, directory)
      folders.set(key, folder)
      return folder
    },
    openWritableFolder(node, directory) {
      const pod = lazyPod('writer', node, directory)
      const connect = async () => {
        const exec = await pod.exec(['sh', '-c', writerScript, 'checkpoint-writer', mountPath])
        return openWriterSession(exec, `${node}:${directory}`)
      }
      const folder = openWritableNodeFolder({ node, directory, clock, connect, onResume: onResumeOn(node) })
      return { ...folder, [Symbol.asyncDispose]: () => closeFolder(folder, pod) }
    },
    async close(node, directory) {
      const key = `${node}:${directory}`
      const folder = folders.get(key)
      folders.delete(key)
      await folder?.remove()
    },
    async [Symbol.asyncDispose]() {
      closing.abort()
      await Promise.all([...folders.values()].map((folder) => folder.remove()))
    },
  }
}

/** The removal goes first: a connection may wait for a pod that still starts. */
async function closeFolder(folder: AsyncDisposable, pod: LazyPod): Promise<void> {
  const removed = pod.remove()
  await folder[Symbol.asyncDispose]()
  await removed
}
