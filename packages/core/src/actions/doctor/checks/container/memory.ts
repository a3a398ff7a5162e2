import { byteCount } from '../../byte-count.ts'
import { type Check, failure, ok, unknown, warning } from '../../check.ts'
import type { ContainerFacts } from '../../container-facts.ts'

/** containerd has CRIU's images, their copy in its store and the archive itself on the disk at the same time. */
const copies = 3

/** How large the archive will be, against the room that there is for it. */
export const memory: Check<ContainerFacts> = {
  id: 'memory',
  title: 'Memory, which becomes the archive',
  judge({ usage, node }) {
    if (!usage.known) {
      return warning([`how much there is, is not known: ${usage.reason}`], {
        hint: usage.hint,
        fix: usage.fix,
      })
    }
    const { memoryBytes, changedBytes } = usage.value
    const size = memoryBytes + changedBytes
    const evidence = `${byteCount(memoryBytes)}, and ${byteCount(changedBytes)} of changed files`
    if (!node.sight.known) return unknown({ reason: `${evidence}; the room for it only a probe pod can see` })
    const { archives } = node.sight.value
    if (!archives) return ok(evidence)
    const room = `${byteCount(archives.freeBytes)} are free at ${node.archiveFolder}`
    const hint =
      'Make room there: see what can go with kubectl checkpoint prune --dry-run. While a checkpoint is taken, it may ' +
      `lie there ${copies} times.`
    if (archives.freeBytes < size) return failure([evidence, room], { hint })
    return archives.freeBytes < copies * size ? warning([evidence, room], { hint }) : ok(evidence, room)
  },
}
