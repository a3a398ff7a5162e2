import type { ApiObject } from './object-types.ts'

/** What pods are labelled with that a command makes for itself. */
export const ownPodLabels = { 'app.kubernetes.io/managed-by': 'kubectl-checkpoint' }

export const isOwnPod = ({ metadata: { labels = {} } }: ApiObject): boolean =>
  Object.entries(ownPodLabels).every(([label, value]) => labels[label] === value)
