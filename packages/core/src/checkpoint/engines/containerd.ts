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
  defaultCapabilities: [
    'CAP_CHOWN',
    'CAP_DAC_OVERRIDE',
    'CAP_FSETID',
    'CAP_FOWNER',
    'CAP_MKNOD',
    'CAP_NET_RAW',
    'CAP_SETGID',
    'CAP_SETUID',
    'CAP_SETFCAP',
    'CAP_SETPCAP',
    'CAP_NET_BIND_SERVICE',
    'CAP_SYS_CHROOT',
    'CAP_KILL',
    'CAP_AUDIT_WRITE',
  ],
  particulars: ({ status }) =>
    status.text('id') === undefined
      ? {}
      : {
          labels: status.object('labels').textsByKey(),
          exposedPorts: kubeletPorts(status.object('annotations').textsByKey()),
        },
}
