import { isWithin } from '../paths.ts'
import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

export const deletedOpenFile: Rule = {
  id: 'deleted-open-file',
  severity: 'low',
  title: 'A file is open that was deleted',
  *find({ processes }) {
    for (const process of processes) {
      for (const { fd, type, path, deleted, sizeBytes } of process.files ?? []) {
        // A file of /proc goes with its process.
        if (!deleted || type !== 'file' || isWithin(path, '/proc')) continue
        const size = sizeBytes === undefined ? '' : `, ${sizeBytes} bytes`
        const evidence = `${nameProcess(process)}: descriptor ${fd} is ${clip(path)}${size}`
        yield { pid: process.pid, place: path, evidence }
      }
    }
  },
}
