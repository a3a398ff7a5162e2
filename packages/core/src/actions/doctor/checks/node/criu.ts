import { type Check, failure, ok, unknown } from '../../check.ts'
import { notLearned } from '../../learned.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { isAtLeast, parseVersion } from '../../parse-version.ts'
import { runtimeUnseen, unseen } from './seen.ts'

/** What containerd and CRI-O ask for. */
const oldest = { major: 3, minor: 16 }
const install =
  'Install the criu package, version 3.16 or later, on the node, in the PATH of the container runtime.'

/** In the words of busybox and coreutils: the probe's own trouble. */
const rootRefused = /^chroot: can(?:no|')t change root/

export const criu: Check<NodeFacts> = {
  id: 'criu',
  title: 'CRIU',
  judge({ sight }) {
    if (!sight.known) return unseen()
    const { runtime } = sight.value
    if (!runtime) return runtimeUnseen()
    const { searchPath } = runtime
    if (searchPath === undefined) {
      return unknown(notLearned("the PATH in the container runtime's environment could not be read"))
    }
    if (!runtime.criu) {
      return failure([`there is none in the PATH of the container runtime: ${searchPath.join(':')}`], {
        hint: install,
      })
    }
    const { path, says } = runtime.criu
    if (rootRefused.test(says)) return unknown(notLearned(`${path} is there, but could not be run: ${says}`))
    const [, number = ''] = /^Version: (.*)$/m.exec(says) ?? []
    const version = parseVersion(number)
    if (version === undefined) return failure([`${path} does not run: ${says}`], { hint: install })
    if (isAtLeast(version, oldest)) return ok(`${path}: ${number}`)
    return failure([`${path}: ${number}`], {
      hint: 'Version 3.16 or later is needed: update the criu package on the node. Nothing has to be restarted.',
    })
  },
}
