import type { RestoreRemark, SpecDocument } from '../../documents/index.ts'
import type { Judgement } from './judgement.ts'
import type { PodSpec } from './pod-manifest.ts'

export interface ArchivedPod extends Judgement {
  readonly spec: PodSpec
}

/** What the runtime or the kubelet mounts into each container, whatever its pod declares. */
const everywhere =
  /^\/(?:proc|sys|dev)(?:\/|$)|^\/etc\/(?:hosts|hostname|resolv\.conf|passwd|group)$|^\/run\/(?:secrets|\.containerenv)$/
const token = /^(?:\/var)?\/run\/secrets\/kubernetes\.io\/serviceaccount$/
/** The kubelet's folder of a volume: its kind and its name. */
const volumeFolder = /\/pods\/[^/]+\/volumes\/kubernetes\.io~([a-z-]+)\/([^/]+)$/
const isClaimed: ReadonlySet<string> = new Set(['csi', 'nfs', 'local-volume', 'iscsi', 'fc', 'rbd', 'cephfs'])

/**
 * As much of a pod as its archive knows: something at each path where something was mounted. What was in volumes, only
 * their kind tells: an emptyDir starts empty, as it would on any other node.
 */
export function podFromArchive(
  { mounts, limits }: Pick<SpecDocument, 'mounts' | 'limits'>,
  container: string,
  image: string,
): ArchivedPod {
  const blockers: RestoreRemark[] = []
  const warnings: RestoreRemark[] = []
  const own = mounts.filter(({ destination }) => !everywhere.test(destination) && !token.test(destination))
  const paths = own.flatMap(({ destination, source = '' }) => {
    const [, kind = '', name = ''] = volumeFolder.exec(source) ?? []
    if (kind === '' || isClaimed.has(kind)) {
      blockers.push({
        id: 'mount-unknown',
        message: `${destination} had ${source === '' ? 'something' : source} mounted, which the archive does not hold`,
        hint: 'Write the pod yourself, with what has to be there: begin with --dry-run=client -o yaml.',
      })
      return []
    }
    warnings.push({
      id: 'volume-empty',
      message: `${destination} will be empty: the ${kind} volume ${name} that was there is not in the archive`,
    })
    return [destination]
  })
  const volumes = paths.map((_, index) => ({ name: `restored-${index}`, emptyDir: {} }))
  const volumeMounts = paths.map((mountPath, index) => ({ name: `restored-${index}`, mountPath }))
  const memory = limits.memoryBytes
  return {
    spec: {
      automountServiceAccountToken: mounts.some(({ destination }) => token.test(destination)),
      containers: [
        {
          name: container,
          image,
          ...(memory === undefined ? {} : { resources: { limits: { memory: `${memory}` } } }),
          ...(volumeMounts.length > 0 && { volumeMounts }),
        },
      ],
      ...(volumes.length > 0 && { volumes }),
    },
    blockers,
    warnings,
  }
}
