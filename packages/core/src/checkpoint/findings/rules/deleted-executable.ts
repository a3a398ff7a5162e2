import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

export const deletedExecutable: Rule = {
  id: 'deleted-executable',
  severity: 'high',
  title: 'The executable of a running process was deleted',
  *find({ processes }) {
    for (const process of processes) {
      const { pid, exe, exeDeleted } = process
      if (!exeDeleted || exe === undefined || exe.startsWith('/memfd:')) continue
      yield { pid, place: exe, evidence: `${nameProcess(process)} runs ${clip(exe)}, which was deleted` }
    }
  },
}
