import type { ContainerAddress } from '../remote/kubelet/index.ts'

/** How events and failures name a container: `shop/web-0/app`. */
export const containerItem = ({ namespace, pod, container }: ContainerAddress): string =>
  `${namespace}/${pod}/${container}`
