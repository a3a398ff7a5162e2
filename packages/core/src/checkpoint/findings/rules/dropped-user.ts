import type { Rule } from '../rule.ts'
import { nameProcess } from '../wording.ts'

export const droppedUser: Rule = {
  id: 'dropped-user',
  severity: 'info',
  title: 'A process of a container of root does not run as root',
  *find({ processes, spec }) {
    if (spec?.user?.uid !== 0) return
    for (const process of processes) {
      const { pid, uid } = process
      if (uid === undefined || uid === 0) continue
      yield { pid, place: `UID ${uid}`, evidence: `${nameProcess(process)} runs as UID ${uid}` }
    }
  },
}
