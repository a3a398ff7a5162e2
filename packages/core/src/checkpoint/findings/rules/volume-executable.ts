import { executablePlaces } from '../executable-place.ts'
import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

export const volumeExecutable: Rule = {
  id: 'volume-executable',
  severity: 'medium',
  title: 'An executable lies in a volume that can be written to',
  *find(facts) {
    const findPlace = executablePlaces(facts)
    for (const process of facts.processes) {
      const { pid, exe = '' } = process
      const place = findPlace(exe)
      if (place?.kind !== 'volume') continue
      const source = place.source === undefined ? '' : `, which is ${clip(place.source)} on the node`
      const evidence = `${nameProcess(process)} runs ${clip(exe)}, in the mount ${clip(place.folder)}${source}`
      yield { pid, place: exe, evidence }
    }
  },
}
