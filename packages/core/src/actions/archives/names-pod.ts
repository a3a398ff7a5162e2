import type { WorkloadKind } from '../../remote/targets/index.ts'

interface Naming {
  /** What a controller puts behind the name of its workload, before the random ending if there is one. */
  readonly middle: string
  /** What can be left of it where the whole would be too long. */
  readonly cutMiddle?: string
}

/** The hash of a pod template: the decimal digits of 32 bits, each as one of these characters. */
const hash = '[4-9bcdf]{1,10}'

const namings: Readonly<Record<WorkloadKind, Naming>> = {
  deployment: { middle: `-${hash}-`, cutMiddle: `-(${hash})?` },
  replicaset: { middle: '-', cutMiddle: '' },
  daemonset: { middle: '-', cutMiddle: '' },
  // With an index, if the job counts its pods.
  job: { middle: '(-(0|[1-9][0-9]*))?-', cutMiddle: '(-[0-9]*)?' },
  statefulset: { middle: '-(0|[1-9][0-9]*)' },
}

/** Letters and digits that make no words, and don't look like each other. */
const randomEnding = /[bcdfghjklmnpqrstvwxz2456789]{5}$/
const randomLength = 5
/** The longest name with a random ending: what stands before that is cut. */
const longestName = 63

/** Whether a pod of this name can have been one of the workload's. */
export function namesPod(kind: WorkloadKind, workload: string, pod: string): boolean {
  const { middle, cutMiddle } = namings[kind]
  const fits = (stem: string, pattern: string) =>
    stem.startsWith(workload) && new RegExp(`^${pattern}$`).test(stem.slice(workload.length))
  if (cutMiddle === undefined) return fits(pod, middle)
  if (!randomEnding.test(pod)) return false
  const stem = pod.slice(0, -randomLength)
  if (fits(stem, middle)) return true
  return pod.length === longestName && (fits(stem, cutMiddle) || workload.startsWith(stem))
}
