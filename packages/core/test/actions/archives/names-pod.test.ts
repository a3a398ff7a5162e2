import { deepEqual, equal } from 'node:assert/strict'
import { namesPod } from '../../../src/actions/archives/names-pod.ts'
import type { WorkloadKind } from '../../../src/remote/targets/index.ts'

/** Names of pods that Kubernetes gave. */
const given: readonly (readonly [WorkloadKind, string, readonly string[]])[] = [
  ['deployment', 'web', ['web-6d4b75cb6d-7k2fq', 'web-55d6c9b65f-x9c4m', 'web-89c7d5f8-ttb2k']],
  ['replicaset', 'web-6d4b75cb6d', ['web-6d4b75cb6d-7k2fq']],
  ['daemonset', 'agent', ['agent-b4x7d', 'agent-zzz22']],
  ['statefulset', 'db', ['db-0', 'db-10', 'db-999']],
  ['job', 'import', ['import-8xk2p', 'import-0-8xk2p', 'import-12-8xk2p']],
]

const random = 'x9c4m'

describe('namesPod', () => {
  for (const [kind, workload, pods] of given) {
    it(`knows the pods of a ${kind}`, () => {
      deepEqual(
        pods.filter((pod) => !namesPod(kind, workload, pod)),
        [],
      )
    })
  }

  for (const [kind, workload, pods] of [
    ['deployment', 'web', ['web', 'web-7k2fq', 'web-api-6d4b75cb6d-7k2fq', 'webx-6d4b75cb6d-7k2fq']],
    ['deployment', 'web', ['web-api-x9c4m', 'web-6d4b75cb6d-7k2fq-x9c4m', 'my-web-6d4b75cb6d-7k2fq']],
    ['deployment', 'w.b', ['wxb-6d4b75cb6d-7k2fq']],
    ['daemonset', 'web', ['web-api-x9c4m', 'web-0', 'web-aeiou', 'web-x9c4', 'web-x9c4mm']],
    ['statefulset', 'web', ['web-api-0', 'web-00', 'web-01', 'web-', 'web-0-0', 'web0', 'web-0\n']],
    ['job', 'web', ['web-01-x9c4m', 'web-api-x9c4m', 'web--x9c4m']],
  ] as const) {
    it(`knows ${pods.join(' ')} for no pods of the ${kind} ${workload}`, () => {
      deepEqual(
        pods.filter((pod) => namesPod(kind, workload, pod)),
        [],
      )
    })
  }

  describe('where a name is too long, and Kubernetes cuts it', () => {
    const pod = (stem: string) => stem.slice(0, 58) + random

    it('knows the pods by what is left', () => {
      const long = 'w'.repeat(80)
      const hashed = 'w'.repeat(52)
      equal(namesPod('daemonset', long, pod(`${long}-`)), true)
      equal(namesPod('deployment', hashed, pod(`${hashed}-6d4b75cb6d-`)), true)
      equal(namesPod('deployment', 'w'.repeat(58), pod(`${'w'.repeat(58)}-6d4b75cb6d-`)), true)
      equal(namesPod('job', hashed, pod(`${hashed}-12345678-`)), true)
    })

    it('knows no shorter name for a cut one, nor one that goes on otherwise', () => {
      const long = 'w'.repeat(80)
      equal(namesPod('daemonset', long, `${long.slice(0, 57)}${random}`), false)
      equal(namesPod('daemonset', long, `${'w'.repeat(57)}x${random}`), false)
      equal(namesPod('daemonset', 'w'.repeat(50), pod(`${'w'.repeat(50)}-and-more-of-it`)), false)
    })

    it('cuts no names of a StatefulSet', () => {
      const long = 'w'.repeat(80)
      equal(namesPod('statefulset', long, `${long}-0`), true)
      equal(namesPod('statefulset', long, pod(`${long}-0`)), false)
    })
  })
})
