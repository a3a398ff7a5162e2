import type { Rule } from '../rule.ts'
import { nameProcess } from '../wording.ts'

export const escapedSeccomp: Rule = {
  id: 'escaped-seccomp',
  severity: 'high',
  title: "A process is not bound by the container's seccomp profile",
  *find({ processes, spec }) {
    if (!spec?.seccomp) return
    for (const process of processes) {
      if (process.seccomp !== 'disabled') continue
      const evidence = `${nameProcess(process)} has no filter, which no process can get rid of`
      yield { pid: process.pid, place: `PID ${process.pid}`, evidence }
    }
  },
}
