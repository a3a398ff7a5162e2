import type { Annotations } from './image.ts'

/** What CRI-O, containerd and Podman know a checkpoint image by; `checkpointctl build` writes containerd's. */
const keys = [
  'io.kubernetes.cri-o.annotations.checkpoint.name',
  'org.criu.checkpoint.container.name',
  'io.podman.annotations.checkpoint.runtime.name',
]

/** Whether an engine would restore an image with these annotations rather than start it. */
export const isCheckpointImage = (annotations: Annotations): boolean => keys.some((key) => key in annotations)
