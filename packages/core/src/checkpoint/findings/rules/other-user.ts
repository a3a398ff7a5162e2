import type { Rule } from '../rule.ts'
import { nameProcess } from '../wording.ts'

export const otherUser: Rule = {
  id: 'other-user',
  severity: 'medium',
  title: 'A process does not run as the user of the container',
  *find({ processes, spec }) {
    const user = spec?.user?.uid
    // As root, a container is free to leave its privileges behind: see `dropped-user`.
    if (user === undefined || user === 0) return
    for (const process of processes) {
      const { pid, uid } = process
      if (uid === undefined || uid === user) continue
      yield {
        pid,
        place: `UID ${uid}`,
        evidence: `${nameProcess(process)} runs as UID ${uid}, the container as ${user}`,
      }
    }
  },
}
