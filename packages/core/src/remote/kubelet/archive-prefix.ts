import type { ContainerAddress } from './endpoint.ts'

/**
 * How the kubelet begins the name of a container's archives; the second of the call and `.tar` follow. Containers of
 * equally named pods can share it: `eu-app` in namespace `shop` and `app` in `shop-eu`.
 * @see kubernetes pkg/kubelet/kubelet.go CheckpointContainer
 */
export const archivePrefix = ({ namespace, pod, container }: ContainerAddress): string =>
  `checkpoint-${pod}_${namespace}-${container}-`
