import type { Archive } from '../../checkpoint/archive/index.ts'
import type { RestoreRemark } from '../../documents/index.ts'
import { isCheckpointImage } from '../../formats/oci/index.ts'

/** What of an archive keeps containerd from restoring it, wherever that is. */
export function findBlockers({ container, engine, entries }: Archive): RestoreRemark[] {
  if (engine?.name === 'podman') {
    const message = 'it is of Podman, and Kubernetes restores no such archive'
    return [{ id: 'podman', message, hint: 'Podman restores it: podman run IMAGE' }]
  }
  const remarks: RestoreRemark[] = []
  if (engine?.name === 'containerd' && !entries.find('status.dump')) {
    remarks.push({
      id: 'no-status',
      message: 'the archive has no status.dump, without which containerd restores nothing',
      hint: 'Take a new checkpoint with containerd 2.1 or later.',
    })
  }
  if (/^(?:sha256:)?[0-9a-f]{64}$/.test(container?.imageRef ?? '')) {
    remarks.push({
      id: 'base-image-unnamed',
      message: 'the archive names its base image by an ID alone, which can be pulled from nowhere',
      hint: 'Push the base image to a registry, start the container from there, and take a new checkpoint.',
    })
  }
  return remarks
}

/** What of an archive some nodes restore, and others don't. */
export function findConditions({ images }: Archive): RestoreRemark[] {
  const connections = images.filter(({ name }) => name.startsWith('tcp-stream-')).length
  if (connections === 0) return []
  return [
    {
      id: 'tcp-connections',
      message: `it holds TCP connections (${connections}), which only a node restores whose CRIU is told to`,
      hint: "Set tcp-close in CRIU's configuration there, and the program sees them end: kubectl checkpoint doctor",
    },
  ]
}

/** Without annotations, a runtime starts the image, which has no program, as an ordinary one. */
export const judgeAnnotations = (annotations: Readonly<Record<string, string>>): RestoreRemark[] =>
  isCheckpointImage(annotations)
    ? []
    : [
        {
          id: 'no-annotation',
          message: 'no annotation says of the image that it is a checkpoint',
          hint: 'Make it anew with: kubectl checkpoint push',
        },
      ]
