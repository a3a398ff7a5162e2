import type { Rule } from '../rule.ts'
import { nameProcess } from '../wording.ts'

export const stoppedProcess: Rule = {
  id: 'stopped-process',
  severity: 'low',
  title: 'A process was stopped by a signal or a debugger',
  *find({ processes }) {
    for (const process of processes) {
      if (process.state !== 'stopped') continue
      yield { pid: process.pid, place: `PID ${process.pid}`, evidence: `${nameProcess(process)} did not run` }
    }
  },
}
