import type { SocketDocument } from '../../../documents/index.ts'
import { isLoopback, parseEndpoint } from '../endpoint.ts'
import type { Rule } from '../rule.ts'
import { nameProcess } from '../wording.ts'

// Where Linux takes ports of clients from, by default: a bound UDP socket there is one that asked, not one that serves.
const firstClientPort = 32_768

const isListening = ({ protocol, state, remote }: SocketDocument, port: number): boolean =>
  protocol.startsWith('tcp')
    ? state === 'LISTEN'
    : protocol.startsWith('udp') && port < firstClientPort && (parseEndpoint(remote)?.port ?? 0) === 0

export const undeclaredListener: Rule = {
  id: 'undeclared-listener',
  severity: 'low',
  title: 'A process listens on a port that is not declared',
  *find({ processes, spec }) {
    if (!spec?.exposedPorts) return
    const declared = new Set(spec.exposedPorts)
    for (const process of processes) {
      for (const socket of process.sockets ?? []) {
        const local = parseEndpoint(socket.local)
        if (!local || local.port === 0 || isLoopback(local) || !isListening(socket, local.port)) continue
        const port = `${local.port}/${socket.protocol.slice(0, 3)}`
        if (declared.has(port)) continue
        yield {
          pid: process.pid,
          place: port,
          evidence: `${nameProcess(process)}: descriptor ${socket.fd} listens on ${socket.local} (${socket.protocol})`,
        }
      }
    }
  },
}
