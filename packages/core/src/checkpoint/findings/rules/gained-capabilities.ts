import type { Rule } from '../rule.ts'
import { nameProcess } from '../wording.ts'

export const gainedCapabilities: Rule = {
  id: 'gained-capabilities',
  severity: 'high',
  title: 'A process has capabilities that the container may not have',
  *find({ processes, spec }) {
    if (!spec) return
    const allowed = new Set(spec.capabilities)
    for (const process of processes) {
      const gained = (process.capabilities?.effective ?? []).filter((capability) => !allowed.has(capability))
      if (gained.length === 0) continue
      yield {
        pid: process.pid,
        place: `PID ${process.pid}`,
        evidence: `${nameProcess(process)}: ${gained.join(', ')}`,
      }
    }
  },
}
