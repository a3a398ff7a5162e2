import { type Check, ok, unknown, warning } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'

/** Without readers, archives can be made, but neither listed nor fetched. */
export const readerPod: Check<NodeFacts> = {
  id: 'reader-pod',
  title: 'Reader pods',
  judge({ missingRights, admission, readerNamespace }) {
    if (!missingRights.known) return unknown(missingRights)
    if (missingRights.value.length > 0) {
      return warning([`in namespace ${readerNamespace} you may not ${missingRights.value.join(', ')}`], {
        hint:
          'Checkpoints stay on their node until somebody fetches them who may. ' +
          'What it takes: kubectl checkpoint rbac fetch',
      })
    }
    if (!admission.known) return warning([admission.reason], admission)
    return ok(`namespace ${readerNamespace} admits them`)
  },
}
