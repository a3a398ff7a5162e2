import { imageTypes } from '../image-types.ts'
import { imageOfMany } from '../read-image.ts'

/** A mount, where the container sees it. */
export interface Mount {
  readonly id: number
  readonly parentId: number
  /** The number of the file system's device, as the kernel codes it. */
  readonly device: number
  /** Of the file system: `overlay`, `tmpfs` …; `unknown` where CRIU doesn't say. */
  readonly type: string
  /** What of the file system is mounted. */
  readonly root: string
  readonly mountPoint: string
  readonly source: string
  /** Of the mount, then of the file system, as in /proc/PID/mounts. */
  readonly options: readonly string[]
  /** Number of the group that mounts and unmounts propagate to, if it is shared. */
  readonly sharedGroup?: number
  /** Number of the group that they come from, if it is a slave. */
  readonly masterGroup?: number
  /** The name under which the restorer is given what isn't in the dump. */
  readonly externalKey?: string
}

/** File systems by the numbers of CRIU's `fstype` in mnt.proto; 16 is any other, whose name stands beside. */
const types: Readonly<Record<number, string>> = {
  1: 'proc',
  2: 'sysfs',
  3: 'devtmpfs',
  4: 'binfmt_misc',
  5: 'tmpfs',
  6: 'devpts',
  7: 'simfs',
  8: 'pstore',
  9: 'securityfs',
  10: 'fusectl',
  11: 'debugfs',
  12: 'cgroup',
  13: 'aufs',
  14: 'mqueue',
  15: 'fuse',
  17: 'overlay',
  18: 'autofs',
  19: 'tracefs',
  23: 'cgroup2',
}

const readOnly = 0x1

/** MS_ flags of mount(2) that /proc/PID/mounts names. */
const flagNames: Readonly<Record<string, number>> = {
  nosuid: 0x2,
  nodev: 0x4,
  noexec: 0x8,
  sync: 0x10,
  dirsync: 0x80,
  nosymfollow: 0x100,
  noatime: 0x400,
  nodiratime: 0x800,
  relatime: 0x20_0000,
  strictatime: 0x100_0000,
  lazytime: 0x200_0000,
}

/** Read-only is what the mount is, or its whole file system. */
const listOptions = (flags: number, superblockFlags: number, options: string): readonly string[] => [
  ((flags | superblockFlags) & readOnly) === 0 ? 'rw' : 'ro',
  ...Object.keys(flagNames).filter((name) => (flags & (flagNames[name] ?? 0)) !== 0),
  ...options.split(',').filter((option) => option !== ''),
]

/** `mountpoints-NS.img` */
export const mountsImage = imageOfMany(
  imageTypes.MNTS,
  (mount): Mount => ({
    id: mount.mnt_id,
    parentId: mount.parent_mnt_id,
    device: mount.root_dev,
    type: types[mount.fstype] ?? mount.fsname ?? 'unknown',
    root: mount.root,
    mountPoint: mount.mountpoint,
    source: mount.source,
    options: listOptions(mount.flags, mount.sb_flags ?? 0, mount.options),
    ...(mount.shared_id ? { sharedGroup: mount.shared_id } : {}),
    ...(mount.master_id ? { masterGroup: mount.master_id } : {}),
    ...(mount.ext_key === undefined ? {} : { externalKey: mount.ext_key }),
  }),
)
