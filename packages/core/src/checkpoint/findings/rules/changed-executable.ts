import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

export const changedExecutable: Rule = {
  id: 'changed-executable',
  severity: 'high',
  title: 'The executable of a process is not the one of the image',
  *find({ processes, changedPaths }) {
    for (const process of processes) {
      const { pid, exe, exeDeleted } = process
      if (exe === undefined || exeDeleted || !changedPaths?.has(exe)) continue
      const evidence = `${nameProcess(process)} runs ${clip(exe)}, which was added or modified after the container was made`
      yield { pid, place: exe, evidence }
    }
  },
}
