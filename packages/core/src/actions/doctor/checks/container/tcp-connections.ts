import type { ContainerSight, TcpSocketSight } from '../../../../remote/node-probe/index.ts'
import { criuRefusalCheck, describeProcess } from './criu-refusal.ts'

/** Those of the container's own processes: a network namespace is shared with the other containers of its pod. */
export const tcpConnections = criuRefusalCheck({
  id: 'tcp-connections',
  title: 'TCP connections',
  none: 'none',
  find: (sight) =>
    ownSockets(sight)
      .filter(({ socket }) => socket.state === 'connected')
      .map(({ socket: { local, remote }, owner }) => ({
        refusal: 'tcp-established',
        evidence: `${owner}: ${local} to ${remote}`,
      })),
})

/** A client that the program has not accepted yet. */
export const waitingClients = criuRefusalCheck({
  id: 'waiting-clients',
  title: 'Clients that wait for being accepted',
  none: 'none',
  find: (sight) =>
    ownSockets(sight)
      .filter(({ socket }) => socket.waiting > 0)
      .map(({ socket: { local, waiting }, owner }) => ({
        refusal: 'tcp-in-flight',
        evidence: `${owner}: ${waiting} at ${local}`,
      })),
})

interface OwnSocket {
  readonly socket: TcpSocketSight
  readonly owner: string
}

function ownSockets(sight: ContainerSight): OwnSocket[] {
  const files = new Map(sight.files.map((file) => [file.target, file]))
  return sight.tcpSockets.flatMap((socket) => {
    const file = files.get(`socket:[${socket.inode}]`)
    return file === undefined
      ? []
      : [{ socket, owner: `${describeProcess(sight, file.pid)}, descriptor ${file.descriptor}` }]
  })
}
