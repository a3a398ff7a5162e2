import { byteCount } from '../../byte-count.ts'
import { type Check, failure, ok, warning } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { unseen } from './seen.ts'

/** A container that does nothing makes an archive of less. */
const leastBytes = 100 * 1024 * 1024
/** Where kubelets begin to evict pods, unless configured otherwise. */
const lowShare = 0.1

export const freeSpace: Check<NodeFacts> = {
  id: 'free-space',
  title: 'Room for archives',
  judge({ name, sight, archiveFolder }) {
    if (!sight.known) return unseen()
    const { archives } = sight.value
    if (!archives) {
      return failure([`there is no folder ${archiveFolder}`], {
        hint: `The kubelet makes it at its start. Look whether it has another root folder, by its --root-dir on ${name}.`,
      })
    }
    const { freeBytes, totalBytes, count, sizeBytes } = archives
    const evidence = [
      `${byteCount(freeBytes)} of ${byteCount(totalBytes)} are free at ${archiveFolder}`,
      `${count === 1 ? 'one archive takes' : `${count} archives take`} ${byteCount(sizeBytes)}`,
    ]
    const hint =
      'A checkpoint takes about as much room as the container uses memory, and the kubelet never deletes one. ' +
      `See which are there: kubectl checkpoint get -A --node ${name} --sort-by size`
    if (freeBytes < leastBytes) return failure(evidence, { hint })
    return freeBytes < totalBytes * lowShare ? warning(evidence, { hint }) : ok(...evidence)
  },
}
