import type { Annotations } from './image.ts'

/** What CRI-O, containerd and Podman know a checkpoint image by; `checkpointctl build` writes containerd's. */
const marks = {
  crio: 'io.kubernetes.cri-o.annotations.checkpoint.name',
  containerd: 'org.criu.checkpoint.container.name',
  podman: 'io.podman.annotations.checkpoint.runtime.name',
} as const

/** Whether an engine would restore an image with these annotations rather than start it. */
export const isCheckpointImage = (annotations: Annotations): boolean =>
  Object.values(marks).some((key) => key in annotations)

/** A checkpoint, as far as its image speaks of it. What the archive doesn't say is absent. */
export interface CheckpointFacts {
  /** The container's name, in its pod or for Podman. */
  readonly container: string
  readonly containerId: string
  readonly engine?: string
  readonly pod?: string
  readonly namespace?: string
  /** The image as the user named it. */
  readonly imageName?: string
  /** What that was: a name with a digest, or an ID. */
  readonly imageRef?: string
  /** The low-level runtime: `runc`. */
  readonly runtime?: string
  readonly takenAt?: Date
  /** As `uname -m` names it. */
  readonly machine: string
}

/**
 * What each engine looks for before it restores an image, and what people want to know of one.
 * @see cri-o server/container_restore.go, containerd container_checkpoint_linux.go, podman libpod/define/annotations.go,
 * checkpointctl internal/oci_image_build.go; image-spec annotations.md
 */
export function annotateCheckpoint(facts: CheckpointFacts): Annotations {
  const { container, engine, pod, namespace, imageName, imageRef, runtime, takenAt, machine } = facts
  const [baseName, digest] = imageRef?.split('@') ?? []
  const isNamed = digest?.startsWith('sha256:') === true
  return withoutAbsent({
    [marks.crio]: container,
    [marks.containerd]: container,
    'org.criu.checkpoint.engine.name': engine,
    'org.criu.checkpoint.pod.name': pod,
    'org.criu.checkpoint.pod.namespace': namespace,
    'org.criu.checkpoint.rootfsImageUserRequested': imageName,
    'org.criu.checkpoint.rootfsImageName': imageRef ?? imageName,
    'org.criu.checkpoint.rootfsImageID': isNamed ? undefined : imageRef,
    'org.criu.checkpoint.runtime.name': runtime,
    [marks.podman]: runtime,
    'io.podman.annotations.checkpoint.name': container,
    'io.podman.annotations.checkpoint.rawImageName': imageName,
    'io.podman.annotations.checkpoint.rootfsImageName': imageName,
    'io.podman.annotations.checkpoint.rootfsImageID': isNamed ? undefined : imageRef,
    'io.podman.annotations.checkpoint.host.arch': machine,
    'org.opencontainers.image.created': takenAt?.toISOString(),
    'org.opencontainers.image.base.name': isNamed ? baseName : imageName,
    'org.opencontainers.image.base.digest': isNamed ? digest : undefined,
    'org.opencontainers.image.title': `checkpoint of ${[namespace, pod, container].filter(Boolean).join('/')}`,
  })
}

/** In the order of their keys, so that equal facts give equal bytes. */
const withoutAbsent = (annotations: Readonly<Record<string, string | undefined>>): Annotations =>
  Object.fromEntries(
    Object.entries(annotations)
      .filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
