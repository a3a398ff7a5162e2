import type { Rule } from '../rule.ts'
import { nameProcess } from '../wording.ts'

export const switchedUser: Rule = {
  id: 'switched-user',
  severity: 'medium',
  title: 'A process acts as another user than it belongs to',
  *find({ processes }) {
    for (const process of processes) {
      const { pid, uid, gid, euid = uid, egid = gid } = process
      if (euid === uid && egid === gid) continue
      const evidence = `${nameProcess(process)} belongs to ${uid}:${gid} and acts as ${euid}:${egid}`
      yield { pid, place: `PID ${pid}`, evidence }
    }
  },
}
