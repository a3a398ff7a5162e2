import { type Check, failure, ok } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { unseen } from './seen.ts'

/** Those that CRIU is written for, as Go names them. */
const architectures: ReadonlySet<string> = new Set([
  'amd64',
  'arm',
  'arm64',
  'loong64',
  'mips64le',
  'ppc64le',
  'riscv64',
  's390x',
])

export const kernel: Check<NodeFacts> = {
  id: 'kernel',
  title: 'Kernel',
  judge({ object, sight }) {
    const { kernelVersion, architecture } = (object.known && object.value.status?.nodeInfo) || {}
    const linux = ['Linux', kernelVersion, architecture].filter(Boolean).join(' ')
    if (architecture !== undefined && !architectures.has(architecture)) {
      return failure([linux], { hint: `CRIU is not written for ${architecture}.` })
    }
    if (!sight.known) return unseen()
    const evidence = [linux, `cgroup v${sight.value.cgroupVersion}`]
    if (sight.value.kernelDumps) return ok(...evidence)
    return failure([...evidence, 'it was built without CONFIG_CHECKPOINT_RESTORE'], {
      hint: 'The node needs a kernel with this option; those of distributions have it.',
    })
  },
}
