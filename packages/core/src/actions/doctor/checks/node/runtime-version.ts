import { type Check, failure, ok, unknown } from '../../check.ts'
import { notLearned } from '../../learned.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { isAtLeast, type Version } from '../../parse-version.ts'
import { runtimeOf } from '../../runtime-of.ts'

/** The first versions that checkpoint for the kubelet. */
const oldest: Readonly<Record<string, Version>> = {
  containerd: { major: 2, minor: 0 },
  'cri-o': { major: 1, minor: 25 },
}

export const runtimeVersion: Check<NodeFacts> = {
  id: 'runtime-version',
  title: 'Container runtime',
  judge(facts) {
    if (!facts.object.known) return unknown(facts.object)
    const { name = '', version, text = '' } = runtimeOf(facts) ?? {}
    const needed = oldest[name]
    if (needed === undefined) {
      return failure([text], { hint: 'Checkpoints are known to work with containerd and CRI-O.' })
    }
    if (version === undefined) return unknown(notLearned(`its version is not understood: "${text}"`))
    if (isAtLeast(version, needed)) return ok(text)
    return failure([text], {
      hint: `${name} checkpoints since ${needed.major}.${needed.minor}: update it on the node.`,
    })
  },
}
