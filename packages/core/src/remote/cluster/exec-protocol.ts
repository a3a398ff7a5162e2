import type { ExecStatus } from './connection.ts'
import { ClusterError } from './errors.ts'
import { findStatus } from './status.ts'

/**
 * Subprotocols of an exec's WebSocket, the better first. In both a message is one byte, the channel, and its data.
 * Only v5 (Kubernetes 1.30) can say that stdin has ended, by the channel 255.
 * @see k8s.io/apimachinery/pkg/util/remotecommand
 */
export const execProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io']

export const channel = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 } as const

export const stdinEnd = Uint8Array.of(channel.close, channel.stdin)

// kubectl's own: longer messages are not known to pass every proxy.
const maxDataLength = 32 * 1024

/** `bytes` as messages for stdin. */
export function* stdinMessages(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += maxDataLength) {
    const data = bytes.subarray(start, start + maxDataLength)
    const message = new Uint8Array(1 + data.length)
    message[0] = channel.stdin
    message.set(data, 1)
    yield message
  }
}

/**
 * How the command ended, from the message on the status channel.
 * @throws {ClusterError} EXEC_REFUSED if it never ran: no such program, no such container; EXEC_LOST if `body` says
 * nothing.
 */
export function parseExecStatus(body: string, label: string): ExecStatus {
  const status = findStatus(body)
  if (!status) throw new ClusterError('EXEC_LOST', `${label}: ended without telling how`)
  if (status.status === 'Success') return { exitCode: 0, message: status.message }
  const exitCode = status.causes.find(({ reason }) => reason === 'ExitCode')?.message
  if (exitCode && /^\d+$/.test(exitCode)) return { exitCode: Number(exitCode), message: status.message }
  throw new ClusterError('EXEC_REFUSED', `${label}: ${status.message}`)
}
