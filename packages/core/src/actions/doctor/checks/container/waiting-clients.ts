import { criuRefusalCheck } from './criu-refusal.ts'
import { ownSockets } from './own-sockets.ts'

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
