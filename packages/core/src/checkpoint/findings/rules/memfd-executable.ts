import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

export const memfdExecutable: Rule = {
  id: 'memfd-executable',
  severity: 'high',
  title: 'A process runs from memory, without a file',
  *find({ processes }) {
    for (const process of processes) {
      const { pid, exe } = process
      if (!exe?.startsWith('/memfd:')) continue
      yield { pid, place: exe, evidence: `${nameProcess(process)} runs ${clip(exe)}, which no folder holds` }
    }
  },
}
