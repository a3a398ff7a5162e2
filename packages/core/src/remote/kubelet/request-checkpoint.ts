import { posix } from 'node:path'
import { quote } from '../../quote.ts'
import { diagnose } from './diagnose.ts'
import { type ContainerAddress, checkpointPath, type KubeletEndpoint } from './endpoint.ts'
import { KubeletError } from './errors.ts'

export interface CheckpointOptions {
  /** The kubelet raises it to its own runtimeRequestTimeout where it is less. Default: that timeout. */
  readonly timeoutSeconds?: number | undefined
  /** Aborting cancels the checkpoint on the node, which may have made the archive by then. */
  readonly signal?: AbortSignal | undefined
  /** As in `HttpRequest`. */
  readonly onSent?: (() => void) | undefined
}

/**
 * Checkpoints a container by one call that waits as long as it takes and is never repeated.
 * @returns where the archive is on the node: an absolute path without `..`.
 * @throws {KubeletError} any code, except KUBELET_ADDRESS_UNKNOWN.
 * @throws {ClusterError} those of `HttpSender.send`.
 */
export async function requestCheckpoint(
  endpoint: KubeletEndpoint,
  container: ContainerAddress,
  { timeoutSeconds, signal, onSent }: CheckpointOptions = {},
): Promise<{ path: string }> {
  const answer = await endpoint.sender.send({
    method: 'POST',
    path: `${endpoint.pathPrefix}${checkpointPath(container)}`,
    query: { timeout: timeoutSeconds?.toString() },
    timeoutMs: 0,
    ...(signal && { signal }),
    ...(onSent && { onSent }),
  })
  const { node, via } = endpoint
  if (answer.status !== 200) throw diagnose(answer, { ...container, node, via })
  const path = findArchivePath(answer.body)
  if (path === undefined) {
    throw new KubeletError(
      'UNEXPECTED_ANSWER',
      `the kubelet of ${node} reports success, but not where the archive is: ${quote(answer.body)}`,
      { hint: "Look into the kubelet's checkpoints folder on the node." },
    )
  }
  return { path }
}

/** `{"items":["/var/lib/kubelet/checkpoints/checkpoint-….tar"]}`: one path, which can't lead elsewhere. */
function findArchivePath(body: string): string | undefined {
  let items: unknown
  try {
    items = JSON.parse(body)?.items
  } catch {
    return undefined
  }
  const path: unknown = Array.isArray(items) && items.length === 1 ? items[0] : undefined
  return typeof path === 'string' && isPlainAbsolutePath(path) ? path : undefined
}

const isPlainAbsolutePath = (path: string): boolean =>
  posix.isAbsolute(path) && posix.normalize(path) === path && !path.endsWith('/') && !path.includes('\0')
