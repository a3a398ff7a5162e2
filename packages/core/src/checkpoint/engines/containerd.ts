import type { Engine } from './engine.ts'
import { kubeletPorts } from './kubelet-ports.ts'

const annotation = (name: string): string => `io.kubernetes.cri.${name}`

/** containerd 2.0 and later. 2.0 writes no logs and no `status.dump`. */
export const containerd: Engine = {
  name: 'containerd',
  wrote: ({ annotations, has }) => annotation('container-type') in annotations || has('status.dump'),
  placement: (annotations) => ({
    container: annotations[annotation('container-name')],
    pod: annotations[annotation('sandbox-name')],
    namespace: annotations[annotation('sandbox-namespace')],
  }),
  logEntry: 'container.log',
  particulars: ({ status }) =>
    status.text('id') === undefined
      ? {}
      : {
          labels: status.object('labels').textsByKey(),
          exposedPorts: kubeletPorts(status.object('annotations').textsByKey()),
        },
}
