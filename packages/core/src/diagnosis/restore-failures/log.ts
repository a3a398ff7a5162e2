import type { Refusal } from '../refusal.ts'

/** Why CRIU gives up a restore, by the error lines of its log. */
export const restoreLogFailures: readonly Refusal[] = [
  {
    id: 'restore-missing-mount',
    match: /^mnt: No mapping for \d+:.* mountpoint/,
    meaning: 'The checkpointed container had a volume mounted that the new pod does not declare.',
    hint:
      'Declare every volume of the old pod at the same path, the service account token included: what was mounted ' +
      'where, inspect --mounts shows of the archive or image.',
    source: 'criu/mount.c',
  },
  {
    id: 'restore-other-file',
    match: /^File .* has bad (?:size|mode|build-ID)/,
    meaning: 'A file that the processes had open is another one now than when they were checkpointed.',
    hint: 'Restore on the same base image, by its digest, and with the same content in the volumes.',
    source: 'criu/files-reg.c',
  },
  {
    id: 'restore-missing-file',
    match: /^Can't open file .* on restore: No such file or directory/,
    meaning: 'A file that the processes had open is not there any more.',
    hint: 'Restore on the same base image, and with volumes that hold what they held at the checkpoint.',
    source: 'criu/files-reg.c',
  },
  {
    id: 'restore-incomplete',
    match: /^(?:Unexpected EOF|Image corrupted on pid)/,
    meaning: 'The archive is incomplete: an image of CRIU is missing in it, or cut short.',
    hint: 'Look at it with inspect, which names what cannot be read, and take a new checkpoint.',
    source: 'criu/protobuf.c',
  },
  {
    id: 'restore-tcp',
    match: /^inet: Connected TCP socket in image/,
    meaning: 'The archive holds established TCP connections, which CRIU restores only when told to.',
    hint:
      "Set tcp-close in CRIU's configuration on the node where it is restored: the connections are closed then, and " +
      'the program sees them end.',
    criuOptions: ['tcp-close'],
    source: 'criu/sk-inet.c',
  },
  {
    id: 'restore-address',
    match: /^inet: Can't bind inet socket \(id \d+\): Cannot assign requested address/,
    meaning: "A socket was bound to the old pod's address, which the new pod does not have.",
    hint:
      "Set tcp-close in CRIU's configuration on the node if it belongs to a connection; a program that listens on one " +
      'address has to listen on all of them (0.0.0.0).',
    criuOptions: ['tcp-close'],
    source: 'criu/sk-inet.c',
  },
  {
    id: 'restore-port-taken',
    match: /: Address already in use$/,
    meaning: 'Another process listens already where the restored one did.',
    hint: 'End it first. Pods with hostNetwork share the ports of their node, and containers those of their pod.',
    source: 'criu/sk-inet.c',
  },
  {
    id: 'restore-cpu',
    match: /^CPU (?:instruction )?capabilities do not match run time/,
    meaning: "The node's processor lacks instructions that the processes may have found at their start.",
    hint: 'Restore on a node whose processor can do all that the old one could, or take the checkpoint on the lesser one.',
    source: 'criu/arch/x86/cpu.c',
  },
  {
    id: 'restore-architecture',
    match: /^Core march mismatch/,
    meaning: 'The checkpoint was taken on another architecture.',
    hint: 'Restore on a node of the same architecture.',
    source: 'criu/cr-restore.c',
  },
  {
    id: 'restore-pid-taken',
    match: /^Can't fork for \d+: File exists/,
    meaning: 'A process of the checkpoint needs a PID that another process has already.',
    hint: 'Restore into a pod without shareProcessNamespace and hostPID, where the container has PIDs of its own.',
    source: 'criu/cr-restore.c',
  },
  {
    id: 'restore-security-module',
    match: /^(?:apparmor|selinux) LSM specified but (?:apparmor|selinux) not supported by kernel/,
    meaning: 'The checkpoint was taken under another security module than the node has.',
    hint: 'Restore on a node with the same one, AppArmor or SELinux.',
    source: 'criu/lsm.c',
  },
]
