import type { ContainerSpec, PodManifest, PodSpec } from './pod-manifest.ts'

interface Changes {
  readonly container: string
  readonly image: string
  readonly only: boolean
}

/** What the API server, the scheduler or a controller has put in, and puts in again. */
const assigned = ['nodeName', 'priority', 'ephemeralContainers', 'preemptionPolicy', 'overhead']

/**
 * The specification of an existing pod, with its container started from the image: what its processes have mounted has
 * to be there again.
 */
export function copyPod({ spec }: Pick<PodManifest, 'spec'>, { container, image, only }: Changes): PodSpec {
  const kept = Object.fromEntries(Object.entries(spec).filter(([field]) => !assigned.includes(field)))
  const tokens = new Set(
    (spec.volumes ?? []).map(({ name }) => name).filter((name) => name.startsWith('kube-api-access-')),
  )
  const withoutToken = (one: ContainerSpec): ContainerSpec => ({
    ...one,
    ...(one.volumeMounts && { volumeMounts: one.volumeMounts.filter(({ name }) => !tokens.has(name)) }),
  })
  const containers = spec.containers
    .filter(({ name }) => !only || name === container)
    .map(withoutToken)
    .map((one) => (one.name === container ? { ...one, image } : one))
  const { initContainers, ...others } = kept
  return {
    ...others,
    containers,
    ...(!only && spec.initContainers && { initContainers: spec.initContainers.map(withoutToken) }),
    ...(spec.volumes && { volumes: spec.volumes.filter(({ name }) => !tokens.has(name)) }),
  }
}
