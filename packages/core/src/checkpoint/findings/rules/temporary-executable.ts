import { executablePlaces } from '../executable-place.ts'
import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

export const temporaryExecutable: Rule = {
  id: 'temporary-executable',
  severity: 'high',
  title: 'An executable lies where every program may write',
  *find(facts) {
    const findPlace = executablePlaces(facts)
    for (const process of facts.processes) {
      const { pid, exe = '' } = process
      const place = findPlace(exe)
      if (place?.kind !== 'temporary') continue
      yield {
        pid,
        place: exe,
        evidence: `${nameProcess(process)} runs ${clip(exe)}, in ${clip(place.folder)}`,
      }
    }
  },
}
