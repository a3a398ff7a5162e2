export { NodePodError, type NodePodErrorCode } from './errors.ts'
export { createLazyPod, type LazyPod } from './lazy-pod.ts'
export { checkAdmission, type NodePodSettings, namespaceOf, type PodName } from './node-pod.ts'
export { mountPath } from './node-pod-manifest.ts'
