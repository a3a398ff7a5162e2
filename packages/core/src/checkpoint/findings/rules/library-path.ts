import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

const prefix = 'LD_LIBRARY_PATH='

export const libraryPath: Rule = {
  id: 'library-path',
  severity: 'info',
  title: 'Libraries are searched in folders of their own',
  *find({ processes }) {
    for (const process of processes) {
      const { pid, env } = process
      const value = env?.find((one) => one.startsWith(prefix))?.slice(prefix.length) ?? ''
      if (value === '') continue
      yield {
        pid,
        place: value,
        evidence: `${nameProcess(process)} has ${prefix}${clip(value)}`,
      }
    }
  },
}
