/** A container as the kubelet's names of archives have it, after the pod. */
export interface ArchiveOwner {
  readonly namespace: string
  readonly pod: string
  readonly container: string
}

/** What the name of an archive says. */
export interface ArchiveName {
  readonly takenAt: Date
  /**
   * Whose it can be: one, unless namespace or container have a `-` in their names. `eu-app` in `shop` and `app` in
   * `shop-eu` are written alike.
   */
  readonly owners: readonly [ArchiveOwner, ...ArchiveOwner[]]
}

const pattern =
  /^checkpoint-(?<pod>[a-z0-9][a-z0-9.-]{0,252})_(?<rest>[a-z0-9-]{3,127})-(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))\.tar$/
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Reads `checkpoint-POD_NAMESPACE-CONTAINER-TIME.tar`, its time being RFC 3339 in the node's zone. Undefined for names
 * that no kubelet gives.
 * @see kubernetes pkg/kubelet/kubelet.go CheckpointContainer
 */
export function parseArchiveName(fileName: string): ArchiveName | undefined {
  const { pod = '', rest = '', time = '' } = pattern.exec(fileName)?.groups ?? {}
  const takenAt = new Date(time)
  if (Number.isNaN(takenAt.getTime())) return undefined
  const [first, ...others] = [...rest.matchAll(/-/g)]
    .map(({ index }) => ({ pod, namespace: rest.slice(0, index), container: rest.slice(index + 1) }))
    .filter(({ namespace, container }) => label.test(namespace) && label.test(container))
  return first && { takenAt, owners: [first, ...others] }
}
