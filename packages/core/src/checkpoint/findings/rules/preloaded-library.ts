import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

const variable = /^(LD_PRELOAD|LD_AUDIT)=(.+)$/s
const preloadFile = '/etc/ld.so.preload'

export const preloadedLibrary: Rule = {
  id: 'preloaded-library',
  severity: 'medium',
  title: 'A library is loaded into processes before all others',
  *find({ processes, changedPaths }) {
    if (changedPaths?.has(preloadFile)) {
      yield { place: preloadFile, evidence: `${preloadFile} was added or modified` }
    }
    for (const process of processes) {
      const { pid, env = [] } = process
      for (const one of env) {
        const [, name, value] = variable.exec(one) ?? []
        if (name === undefined || value === undefined) continue
        yield {
          pid,
          place: value,
          evidence: `${nameProcess(process)} has ${name}=${clip(value)}`,
        }
      }
    }
  },
}
