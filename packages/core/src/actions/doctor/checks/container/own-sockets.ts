import type { ContainerSight, TcpSocketSight } from '../../../../remote/node-probe/index.ts'
import { describeProcess } from './criu-refusal.ts'

/** A TCP socket of the container's own processes. */
interface OwnSocket {
  readonly socket: TcpSocketSight
  readonly owner: string
}

export function ownSockets(sight: ContainerSight): OwnSocket[] {
  const files = new Map(sight.files.map((file) => [file.target, file]))
  return sight.tcpSockets.flatMap((socket) => {
    const file = files.get(`socket:[${socket.inode}]`)
    return file === undefined
      ? []
      : [{ socket, owner: `${describeProcess(sight, file.pid)}, descriptor ${file.descriptor}` }]
  })
}
