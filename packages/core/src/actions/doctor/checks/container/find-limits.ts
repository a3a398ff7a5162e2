import type { Pod } from '../../../../remote/cluster/index.ts'

/** What the pod's specification limits one of its containers to. */
export const findLimits = ({ spec }: Pod, container: string) =>
  [...spec.containers, ...(spec.initContainers ?? [])]
    .filter(({ name }) => name === container)
    .flatMap(({ resources }) =>
      Object.entries(resources?.limits ?? {}).map(([resource, quantity]) => ({ resource, quantity })),
    )
