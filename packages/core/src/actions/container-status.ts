import type { ContainerStatus, Pod } from '../remote/cluster/index.ts'

/** What the kubelet says of a container of any kind; undefined if it has not reported on it yet. */
export const findContainerStatus = ({ status }: Pod, container: string): ContainerStatus | undefined =>
  [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ].find(({ name }) => name === container)
