import { ClusterError, type Connection, type ExecSession } from '../cluster/index.ts'
import { type NodePod, type NodePodSettings, type StartOptions, startNodePod } from './node-pod.ts'
import type { NodePodSpec } from './node-pod-manifest.ts'

/** A pod that starts when it is first needed, and is replaced where it is gone before its time. */
export interface LazyPod {
  /**
   * Runs a command in it. Whoever asks while it starts waits for the same pod.
   * @throws {NodePodError} READER_NOT_ADMITTED; READER_NOT_STARTED.
   * @throws {ClusterError} those of `Connection.exec`; FORBIDDEN.
   */
  exec(command: readonly string[]): Promise<ExecSession>
  /** Has it removed, also while it starts; from then on there is none. Never fails: `onLeft` is told. */
  remove(): Promise<void>
}

export function createLazyPod(
  connection: Connection,
  settings: NodePodSettings,
  spec: NodePodSpec,
  options: StartOptions,
): LazyPod {
  let starting: Promise<NodePod> | undefined
  const removing = new AbortController()
  // Also of those who ask after the removal: a pod that started then would be nobody's.
  const signal = AbortSignal.any([options.signal, removing.signal])
  const start = (): Promise<NodePod> => {
    starting ??= startNodePod(connection, settings, spec, { ...options, signal })
    return starting
  }
  /** Several may find the same pod gone: another that was started meanwhile stays. */
  const forget = (gone: Promise<NodePod>): void => {
    if (starting === gone) starting = undefined
  }
  const execIn = async (started: Promise<NodePod>, command: readonly string[]) => {
    const { namespace, name } = await started.catch((error) => {
      forget(started)
      throw error
    })
    return connection.exec({ namespace, pod: name, container: spec.role, command, signal })
  }
  return {
    async exec(command) {
      const started = start()
      return execIn(started, command).catch(async (error) => {
        if (!isGone(error)) throw error
        // Evicted, or past its deadline: another one takes its place.
        forget(started)
        await (await started).remove()
        return execIn(start(), command)
      })
    },
    async remove() {
      removing.abort()
      const pod = await starting?.catch(() => undefined)
      await pod?.remove()
    },
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof ClusterError &&
  (error.code === 'OBJECT_NOT_FOUND' ||
    (error.code === 'EXEC_REFUSED' && /container not found|not running/.test(error.message)))
