import { type Check, ok, unknown, warning } from '../../check.ts'
import type { ContainerFacts } from '../../container-facts.ts'
import { describeProcess } from './criu-refusal.ts'
import { findLimits } from './find-limits.ts'

/** As the kernel names mappings of them that have no file, and where a file system of them is usually mounted. */
const hugePageMapping = /^\/(?:anon_hugepage|dev\/hugepages\/)/

export const hugePages: Check<ContainerFacts> = {
  id: 'huge-pages',
  title: 'Huge pages',
  judge({ target, pod, sight }) {
    const limits = (pod.known ? findLimits(pod.value, target.container) : [])
      .filter(({ resource }) => resource.startsWith('hugepages-'))
      .map(({ resource, quantity }) => `the container may have ${quantity} of ${resource}`)
    if (!sight.known && limits.length === 0) return unknown(sight)
    const pids = new Set(
      (sight.known ? sight.value.mappings : [])
        .filter(({ path }) => hugePageMapping.test(path))
        .map(({ pid }) => pid),
    )
    const evidence = [
      ...[...pids].map(
        (pid) => `${sight.known ? describeProcess(sight.value, pid) : `PID ${pid}`} has mapped some`,
      ),
      ...limits,
    ]
    if (evidence.length === 0) return ok('none')
    return warning(evidence, {
      hint: 'They are saved whole, and a restore takes as many free ones of the same size on its node.',
    })
  },
}
