import type { Refusal } from '../refusal.ts'

export const fileRefusals: readonly Refusal[] = [
  {
    id: 'file-locks',
    match: /^Some file locks are hold by dumping tasks!/,
    meaning: 'The container holds file locks, which CRIU dumps only when told to.',
    hint:
      "Set file-locks in CRIU's configuration on the node. When restored, the lock is taken again: " +
      'it fails if another process holds it by then.',
    criuOptions: ['file-locks'],
    source: 'criu/file-lock.c',
  },
  {
    id: 'nvidia-device',
    match: /^Can't dump file \d+ of that type \[\d+\] \(chr 195:\d+/,
    meaning: 'The container has an NVIDIA device open, and no CRIU plugin on the node saves its state.',
    hint: "Install CRIU's CUDA plugin and cuda-checkpoint on the node; they need a driver of version 555 or later.",
    source: 'criu/files-ext.c',
  },
  {
    id: 'device-file',
    match: /^Can't dump file \d+ of that type \[\d+\] \(chr \d+:\d+/,
    meaning: 'The container has a device file open whose state CRIU cannot save.',
    hint: 'Close the device first. The numbers after chr are its major and minor, as ls -l /dev shows them.',
    source: 'criu/files-ext.c',
  },
  {
    id: 'io-uring',
    // Kernels since 6.8 let nobody take its descriptors, which is as far as CRIU comes.
    match:
      /^(?:Can't dump file \d+ of that type \[\d+\] \(anon anon_inode:\[io_uring\]|send_fds failed \(-22\))/,
    meaning: 'The container uses io_uring, which CRIU cannot dump.',
    hint: 'Start the program without io_uring; many have a setting, and Node.js obeys UV_USE_IO_URING=0.',
    source: 'criu/files-ext.c',
  },
  {
    id: 'anonymous-file',
    match: /^Can't dump file \d+ of that type \[\d+\] \(anon /,
    meaning: 'The container holds a kernel object that CRIU cannot dump, such as userfaultfd, perf or BPF.',
    hint: "The name in brackets says which. Stop what uses it: a profiler, a tracer, a garbage collector's option.",
    source: 'criu/files-ext.c',
  },
  {
    id: 'ghost-limit',
    match: /^Can't dump ghost file .* of \d+ size, increase limit/,
    meaning: "The container holds a deleted file open that is larger than CRIU's limit (1 MiB unless set).",
    hint: "Raise ghost-limit in CRIU's configuration on the node above the size in the log.",
    criuOptions: ['ghost-limit 1G'],
    source: 'criu/files-reg.c',
  },
  {
    id: 'link-remap',
    match: /^Can't create link remap for .*\. Use link-remap option/,
    meaning: 'The container holds a file open whose name is deleted while other hard links of it remain.',
    hint:
      "Set link-remap in CRIU's configuration on the node. It leaves a link_remap file in the folder of " +
      'the deleted name.',
    criuOptions: ['link-remap'],
    source: 'criu/files-reg.c',
  },
  {
    id: 'file-watch',
    match: /^fsnotify: \s*(?:Can't dump that handle|Can't find suitable path for handle)/,
    meaning: "The container watches a file by inotify or fanotify, and CRIU cannot find the file's path.",
    hint: 'Usually the file is deleted or lies on a volume. End the watch first, often a reload-on-change option.',
    source: 'criu/fsnotify.c',
  },
  {
    id: 'file-outside-mounts',
    match: /^Can't lookup mount=-?\d+ for fd=-?\d+ path=/,
    meaning: 'A process has a file open that lies on no mount of the container.',
    hint: 'It was inherited from outside or its volume was unmounted. Close the file named in the log first.',
    source: 'criu/files-reg.c',
  },
  {
    id: 'overmounted-file',
    match: /^Open files on overmounted mounts are not supported yet/,
    meaning: 'A process has a file open that something else has been mounted over.',
    hint: 'Close the file named in the log, or mount the volumes so that none hides another.',
    source: 'criu/files-reg.c',
  },
]
