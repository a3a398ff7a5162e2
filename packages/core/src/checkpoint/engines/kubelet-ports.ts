import { parseJsonObjects } from './json-object.ts'

/**
 * The ports that a pod declares for a container, by the annotation in which the kubelet hands them to engines; there is
 * none without ports.
 * @see kubernetes pkg/kubelet/kuberuntime/labels.go
 */
export const kubeletPorts = (annotations: Readonly<Record<string, string>>): readonly string[] =>
  parseJsonObjects(annotations['io.kubernetes.container.ports']).flatMap((port) => {
    const number = port.integer('containerPort')
    return number === undefined ? [] : [`${number}/${(port.text('protocol') ?? 'tcp').toLowerCase()}`]
  })
