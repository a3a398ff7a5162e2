import { diagnose } from './diagnose.ts'
import { type ContainerAddress, checkpointPath, type KubeletEndpoint } from './endpoint.ts'
import type { KubeletError } from './errors.ts'

/** Of no pod: their names have no capital letters. */
const nobody: ContainerAddress = { namespace: 'default', pod: 'NoSuchPod', container: 'none' }

const patienceMs = 30_000

/**
 * Makes the checkpoint call for a pod that can't exist. A kubelet that says so has let the call through every gate
 * and every check of rights, and nothing was frozen. Returns why it did not get so far; undefined if it did.
 * @throws {ClusterError} those of `HttpSender.send`.
 */
export async function tryCheckpoint(
  endpoint: KubeletEndpoint,
  signal?: AbortSignal,
): Promise<KubeletError | undefined> {
  const { node, via, sender, pathPrefix } = endpoint
  const answer = await sender.send({
    method: 'POST',
    path: `${pathPrefix}${checkpointPath(nobody)}`,
    timeoutMs: patienceMs,
    ...(signal && { signal }),
  })
  const refusal = diagnose(answer, { ...nobody, node, via })
  return refusal.code === 'POD_NOT_ON_NODE' ? undefined : refusal
}
