import { type Check, failure, ok, unknown } from '../../check.ts'
import { notLearned } from '../../learned.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { isAtLeast, parseVersion } from '../../parse-version.ts'

/** The first Kubernetes with the checkpoint endpoint. */
const oldest = { major: 1, minor: 25 }

export const kubeletVersion: Check<NodeFacts> = {
  id: 'kubelet-version',
  title: 'Kubelet',
  judge({ object }) {
    if (!object.known) return unknown(object)
    const text = object.value.status?.nodeInfo?.kubeletVersion ?? ''
    const version = parseVersion(text)
    if (version === undefined) return unknown(notLearned(`its version is not understood: "${text}"`))
    if (isAtLeast(version, oldest)) return ok(text)
    return failure([text], { hint: 'Kubernetes has a checkpoint endpoint since 1.25: update the node.' })
  },
}
