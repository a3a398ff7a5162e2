import type { Engine } from './engine.ts'
import { parseJsonObject } from './json-object.ts'
import { kubeletPorts } from './kubelet-ports.ts'

const annotation = (name: string): string => `io.kubernetes.cri-o.${name}`

export const crio: Engine = {
  name: 'cri-o',
  wrote: ({ annotations, has }) =>
    annotations['io.container.manager'] === 'cri-o' || has(annotation('LogPath')),
  placement: (annotations) => ({
    container: annotations['io.kubernetes.container.name'],
    pod: annotations['io.kubernetes.pod.name'],
    namespace: annotations['io.kubernetes.pod.namespace'],
  }),
  logEntry: annotation('LogPath'),
  defaultCapabilities: [
    'CAP_CHOWN',
    'CAP_DAC_OVERRIDE',
    'CAP_FSETID',
    'CAP_FOWNER',
    'CAP_SETGID',
    'CAP_SETUID',
    'CAP_SETPCAP',
    'CAP_NET_BIND_SERVICE',
    'CAP_KILL',
  ],
  particulars({ annotations }) {
    const { [annotation('Labels')]: labels, [annotation('Annotations')]: own } = annotations
    return {
      ...(labels === undefined ? {} : { labels: parseJsonObject(labels).textsByKey() }),
      ips: Object.keys(annotations)
        .filter((key) => key.startsWith(annotation('IP.')))
        .flatMap((key) => annotations[key] || []),
      ...(own === undefined ? {} : { exposedPorts: kubeletPorts(parseJsonObject(own).textsByKey()) }),
    }
  },
}
