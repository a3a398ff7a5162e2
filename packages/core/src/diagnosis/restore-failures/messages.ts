import type { Fix } from '../../errors.ts'

/** One reason for which a container runtime gives up a restore, by what it says to the kubelet. */
export interface RestoreMessage {
  /** Stable, in kebab case. */
  readonly id: string
  /** Anywhere in the message. */
  readonly match: RegExp
  /** What stands in the way: a sentence. @param groups Those of `match`. */
  meaning(groups: readonly (string | undefined)[]): string
  /** The user's next step. */
  readonly hint: string
  readonly fix?: Fix
}

/** The first that matches counts: the general ones stand last. */
export const restoreMessages: readonly RestoreMessage[] = [
  {
    id: 'restore-undeclared-mounts',
    match: /expects following bind mounts defined \(([^)]*)\)/,
    meaning: ([paths = '']) =>
      `The checkpointed container had something mounted where the new pod declares nothing: ${paths.split(',').join(', ')}.`,
    hint: 'Declare a volume at each of these paths in the new pod, with what was in it.',
  },
  {
    id: 'restore-signature-policy',
    match: /namespaced signature policy (\S+)/,
    meaning: ([policy = '']) =>
      `CRI-O restores nothing in a namespace with a signature policy of its own: ${policy}.`,
    hint: 'Restore in a namespace without one.',
  },
  {
    id: 'restore-off',
    match: /checkpoint restore via CreateContainer is disabled by configuration/,
    meaning: () =>
      'containerd of the node has restores switched off, as it has by default since 2.2.7 and 2.3.4.',
    hint:
      'Switch them on where you trust all who can start pods: a crafted checkpoint can harm the node. containerd 2.4 ' +
      'has no restores any more.',
    fix: {
      nodeFile: {
        path: '/etc/containerd/config.toml',
        content:
          "[plugins.'io.containerd.cri.v1.runtime']\n  enable_experimental_restore_via_create = true\n",
        afterwards: 'Restart containerd: systemctl restart containerd. Containers keep running.',
      },
    },
  },
  {
    id: 'restore-no-status',
    match: /failed to read "status\.dump"/,
    meaning: () => 'The archive has no status.dump, without which containerd restores nothing.',
    hint: 'containerd 2.0 wrote such archives, and CRI-O does. Take a new checkpoint with containerd 2.1 or later.',
  },
  {
    id: 'restore-base-image-id',
    match: /failed to pull checkpoint base image (?:sha256:)?[0-9a-f]{32,}: /,
    meaning: () =>
      'The archive names the base image by a bare ID: it was loaded by hand at the time, and can be pulled from nowhere.',
    hint: 'Push the base image to a registry, start the container from there, and take a new checkpoint.',
  },
  {
    id: 'restore-base-image',
    match: /failed to pull checkpoint base image (\S+?): /,
    meaning: ([image = '']) => `The base image of the checkpoint cannot be pulled: ${image}.`,
    hint:
      'Push it there again, or pull it on the node beforehand: containerd pulls base images without the pull secrets ' +
      'of the pod.',
  },
  {
    id: 'restore-image',
    match: /failed to pull and unpack image \\?"([^"\\]+)|Back-off pulling image \\?"([^"\\]+)/,
    meaning: ([unpacked, waited]) => `The node cannot pull the checkpoint's image: ${unpacked ?? waited}.`,
    hint:
      'Nodes need a name of the registry by which they reach it, its certificate or leave to do without one, and a pull ' +
      'secret in the namespace where it asks for a password.',
  },
  {
    id: 'restore-hook',
    match: /error running (?:\w+ )?hook/,
    meaning: () => 'A hook that the container runtime runs for each container failed.',
    hint: "Its words follow in the message. NVIDIA's runtime, for one, adds hooks that expect a container that starts anew.",
  },
  {
    id: 'restore-memory-limit',
    match: /OCI runtime restore failed: read unixpacket \S+: EOF/,
    meaning: () =>
      "The restore was killed half-way, most likely because the pod's memory limit is too small for it.",
    hint: "Give the new pod at least the old one's memory limit: CRIU needs some room besides the processes' memory.",
  },
  {
    id: 'restore-not-recognised',
    match: /no command specified/i,
    meaning: () =>
      'The image names no command to run: if it is a checkpoint, the runtime has not recognised it as one.',
    hint:
      'Restores are off in CRI-O by default since the releases of September 2026 (container_level_enabled = ' +
      '"checkpoint_restore" in [crio.checkpoint_restore] turns them on), or the image lacks the annotation of this runtime.',
  },
  {
    id: 'restore-failed',
    match: /criu failed: type RESTORE|OCI runtime restore failed|failed to restore container/,
    meaning: () => 'CRIU could not restore the processes.',
    hint:
      "The reason is in CRIU's restore.log, which containerd removes at once. Compare the new pod with the checkpoint " +
      'first: inspect --mounts of the image shows what must be mounted where; then the base image and the memory limit.',
  },
]
