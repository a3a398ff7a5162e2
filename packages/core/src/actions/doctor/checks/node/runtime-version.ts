import { type Check, failure, ok, unknown } from '../../check.ts'
import { notLearned } from '../../learned.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { isAtLeast, parseVersion, type Version } from './parse-version.ts'

/** The first versions that checkpoint for the kubelet. */
const oldest: Readonly<Record<string, Version>> = {
  containerd: { major: 2, minor: 0 },
  'cri-o': { major: 1, minor: 25 },
}

export const runtimeVersion: Check<NodeFacts> = {
  id: 'runtime-version',
  title: 'Container runtime',
  judge({ object }) {
    if (!object.known) return unknown(object)
    const text = object.value.status?.nodeInfo?.containerRuntimeVersion ?? ''
    const [name = '', number = ''] = text.split('://')
    const version = parseVersion(number)
    if (version === undefined) return unknown(notLearned(`its version is not understood: "${text}"`))
    const needed = oldest[name]
    if (needed === undefined) {
      return failure([text], { hint: 'Checkpoints are known to work with containerd and CRI-O.' })
    }
    if (isAtLeast(version, needed)) return ok(text)
    return failure([text], {
      hint: `${name} checkpoints since ${needed.major}.${needed.minor}: update it on the node.`,
    })
  },
}
