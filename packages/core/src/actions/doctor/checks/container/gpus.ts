import { findDumpRefusal } from '../../../../diagnosis/index.ts'
import type { Pod } from '../../../../remote/cluster/index.ts'
import type { OpenFileSight } from '../../../../remote/node-probe/index.ts'
import { type Check, failure, ok, unknown, warning } from '../../check.ts'
import type { ContainerFacts } from '../../container-facts.ts'
import { describeProcess } from './criu-refusal.ts'
import { describeFile } from './describe-file.ts'
import { findLimits } from './find-limits.ts'

/** The nodes of NVIDIA's devices, of AMD's compute driver, and of graphics cards in general. */
export const isGpuPath = (path: string): boolean => /^\/dev\/(?:nvidia|dri\/|kfd\b)/.test(path)

const nvidiaMajor = 195

export const isGpu = ({ target, kind, major }: OpenFileSight): boolean =>
  kind === 'character-device' && (major === nvidiaMajor || isGpuPath(target))

/** What device plugins of GPUs call them: `nvidia.com/gpu`, `nvidia.com/mig-1g.5gb`, `amd.com/gpu`, `gpu.intel.com/i915`. */
const gpuResource = /^(?:nvidia\.com\/|amd\.com\/gpu|gpu\.intel\.com\/)/

export const gpus: Check<ContainerFacts> = {
  id: 'gpus',
  title: 'GPUs',
  judge({ target, pod, sight }) {
    const limits = pod.known ? gpuLimits(pod.value, target.container) : []
    if (!sight.known) return limits.length > 0 ? warning(limits, { hint }) : unknown(sight)
    const { files, mappings } = sight.value
    const used = [
      ...files
        .filter(isGpu)
        .map((file) => ({ path: file.target, evidence: describeFile(sight.value, file) })),
      ...mappings
        .filter(({ path }) => isGpuPath(path))
        .map(({ pid, path }) => ({
          path,
          evidence: `${describeProcess(sight.value, pid)} has mapped ${path}`,
        })),
    ]
    if (used.length > 0) {
      const refusal = used.some(({ path }) => /nvidia/.test(path)) && findDumpRefusal('nvidia-device')
      return failure([...used.slice(0, mostShown).map(({ evidence }) => evidence), ...limits], {
        hint: refusal ? `${refusal.meaning} ${refusal.hint}` : hint,
      })
    }
    return limits.length > 0 ? warning([...limits, 'no process uses it at the moment'], { hint }) : ok('none')
  },
}

const mostShown = 5

const hint =
  'CRIU saves what is in a GPU only with a plugin for it (cuda_plugin.so, amdgpu_plugin.so) in its library folder on the node.'

const gpuLimits = (pod: Pod, container: string): string[] =>
  findLimits(pod, container)
    .filter(({ resource }) => gpuResource.test(resource))
    .map(({ resource, quantity }) => `the container has ${quantity} of ${resource}`)
