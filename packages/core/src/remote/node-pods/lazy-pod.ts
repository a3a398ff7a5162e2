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
  /** Has it removed, if there ever was one. Never fails: `onLeft` is told. */
  remove(): Promise<void>
}

export function createLazyPod(
  connection: Connection,
  settings: NodePodSettings,
  spec: NodePodSpec,
  options: StartOptions,
): LazyPod {
  let starting: Promise<NodePod> | undefined
  const current = async (): Promise<NodePod> => {
    starting ??= startNodePod(connection, settings, spec, options)
    const mine = starting
    return mine.catch((error) => {
      if (starting === mine) starting = undefined
      throw error
    })
  }
  const execIn = ({ namespace, name }: NodePod, command: readonly string[]) =>
    connection.exec({ namespace, pod: name, container: spec.role, command, signal: options.signal })
  return {
    async exec(command) {
      const pod = await current()
      return execIn(pod, command).catch(async (error) => {
        if (!isGone(error)) throw error
        // Evicted, or past its deadline: another one takes its place.
        await pod.remove()
        starting = undefined
        return execIn(await current(), command)
      })
    },
    async remove() {
      const pod = await starting?.catch(() => undefined)
      await pod?.remove()
    },
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof ClusterError &&
  (error.code === 'OBJECT_NOT_FOUND' ||
    (error.code === 'EXEC_REFUSED' && /container not found|not running/.test(error.message)))
