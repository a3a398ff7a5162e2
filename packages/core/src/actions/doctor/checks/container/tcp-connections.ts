import { criuRefusalCheck } from './criu-refusal.ts'
import { ownSockets } from './own-sockets.ts'

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
