import type { Rule } from '../rule.ts'
import { nameProcess } from '../wording.ts'

export const rawSocket: Rule = {
  id: 'raw-socket',
  severity: 'medium',
  title: 'A process has a socket that sees or forges packets',
  *find({ processes }) {
    for (const process of processes) {
      for (const { fd, protocol, type } of process.sockets ?? []) {
        const isRaw = protocol === 'packet' || protocol.startsWith('raw')
        if (!isRaw) continue
        const kind = type === undefined ? protocol : `${protocol}, ${type}`
        yield {
          pid: process.pid,
          place: `descriptor ${fd} of PID ${process.pid}`,
          evidence: `${nameProcess(process)}: descriptor ${fd} is a socket of the kind ${kind}`,
        }
      }
    }
  },
}
