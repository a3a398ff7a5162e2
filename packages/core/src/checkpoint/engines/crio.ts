import type { Engine } from './engine.ts'

export const crio: Engine = {
  name: 'cri-o',
  wrote: ({ annotations, has }) =>
    annotations['io.container.manager'] === 'cri-o' || has('io.kubernetes.cri-o.LogPath'),
  placement: (annotations) => ({
    container: annotations['io.kubernetes.container.name'],
    pod: annotations['io.kubernetes.pod.name'],
    namespace: annotations['io.kubernetes.pod.namespace'],
  }),
}
