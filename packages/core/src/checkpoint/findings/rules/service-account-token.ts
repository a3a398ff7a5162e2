import { isWithin } from '../paths.ts'
import type { Rule } from '../rule.ts'
import { clip } from '../wording.ts'

const folders = ['/var/run/secrets', '/run/secrets'].flatMap((folder) => [
  `${folder}/kubernetes.io/serviceaccount`,
  `${folder}/eks.amazonaws.com/serviceaccount`,
  `${folder}/azure/tokens`,
])

export const serviceAccountToken: Rule = {
  id: 'service-account-token',
  severity: 'info',
  title: 'Credentials of a service account are mounted',
  *find({ spec }) {
    for (const { destination } of spec?.mounts ?? []) {
      if (!folders.some((folder) => isWithin(destination, folder))) continue
      yield { place: destination, evidence: `a token lies at ${clip(destination)}` }
    }
  },
}
