import { type Check, failure, ok } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { isAtLeast, parseVersion } from '../../parse-version.ts'
import { runtimeUnseen, unseen } from './seen.ts'

/** What containerd and CRI-O ask for. */
const oldest = { major: 3, minor: 16 }
const install =
  'Install the criu package, version 3.16 or later, on the node, in the PATH of the container runtime.'

export const criu: Check<NodeFacts> = {
  id: 'criu',
  title: 'CRIU',
  judge({ sight }) {
    if (!sight.known) return unseen()
    const { runtime } = sight.value
    if (!runtime) return runtimeUnseen()
    if (!runtime.criu) {
      const path = runtime.searchPath.join(':') || '(empty)'
      return failure([`there is none in the PATH of the container runtime: ${path}`], { hint: install })
    }
    const { path, says } = runtime.criu
    const [, number = ''] = /^Version: (.*)$/m.exec(says) ?? []
    const version = parseVersion(number)
    if (version === undefined) return failure([`${path} does not run: ${says}`], { hint: install })
    if (isAtLeast(version, oldest)) return ok(`${path}: ${number}`)
    return failure([`${path}: ${number}`], {
      hint: 'Version 3.16 or later is needed: update the criu package on the node. Nothing has to be restarted.',
    })
  },
}
