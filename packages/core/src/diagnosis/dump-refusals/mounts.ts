import type { Refusal } from '../refusal.ts'

export const mountRefusals: readonly Refusal[] = [
  {
    id: 'mount-root',
    match: /^mnt: \d+:.* doesn't have a proper root mount/,
    meaning:
      'A mount in the container shows part of a file system that the container runtime has not declared.',
    hint:
      'It came after the start, by mount propagation or a mount inside the container. ' +
      'Remove it, or mount the path as a volume of the pod.',
    source: 'criu/mount.c',
  },
  {
    id: 'mount-filesystem',
    match: /^mnt: FS mnt .* unsupported id \d+/,
    meaning: 'The container has mounted a file system of a type that CRIU does not know.',
    hint: 'Unmount it first, or mount it as a volume of the pod instead of inside the container.',
    source: 'criu/mount.c',
  },
  {
    id: 'fuse-mount',
    match: /is a fuse mount but not external/,
    meaning: 'The container has mounted a FUSE file system, whose server CRIU cannot dump with it.',
    hint: 'Unmount it first, or mount it as a volume of the pod instead of inside the container.',
    source: 'criu/filesystems.c',
  },
]
