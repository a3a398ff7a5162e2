import type { ProcessDocument } from '../../../documents/index.ts'
import { isLoopback, parseEndpoint } from '../endpoint.ts'
import type { Rule } from '../rule.ts'
import { nameProcess } from '../wording.ts'

/** Ports of all processes: a connection to one of them came from outside. */
const listeningPorts = (processes: readonly ProcessDocument[]): ReadonlySet<number | undefined> =>
  new Set(
    processes.flatMap(({ sockets = [] }) =>
      sockets.filter(({ state }) => state === 'LISTEN').map(({ local }) => parseEndpoint(local)?.port),
    ),
  )

export const outgoingConnection: Rule = {
  id: 'outgoing-connection',
  severity: 'info',
  title: 'A connection to the outside is open',
  *find({ processes }) {
    // What listens can't be told from connections of a process whose sockets could not be read. Zombies have none.
    if (processes.some(({ sockets, state }) => !sockets && state !== 'zombie')) return
    const listening = listeningPorts(processes)
    for (const process of processes) {
      for (const { fd, protocol, state, local, remote } of process.sockets ?? []) {
        const peer = parseEndpoint(remote)
        if (state !== 'ESTABLISHED' || !peer || isLoopback(peer)) continue
        if (listening.has(parseEndpoint(local)?.port)) continue
        yield {
          pid: process.pid,
          place: remote ?? '',
          evidence: `${nameProcess(process)}: descriptor ${fd}, ${protocol} ${local} to ${remote}`,
        }
      }
    }
  },
}
