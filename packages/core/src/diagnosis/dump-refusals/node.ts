import type { Refusal } from '../refusal.ts'

export const nodeRefusals: readonly Refusal[] = [
  {
    id: 'disk-full',
    match: /: No space left on device$/,
    meaning: "The node's disk is full: the images need about as much room as the container uses memory.",
    hint: "Free space on the node. Old archives in the kubelet's checkpoints folder are never deleted by themselves.",
    source: 'criu/image.c',
  },
  {
    id: 'freeze-timeout',
    match: /^(?:Unable to freeze cgroup|Timeout reached\. Try to interrupt)/,
    meaning: 'CRIU could not stop all processes of the container in time.',
    hint: 'Try again when the container is less busy, or allow more than ten seconds with timeout.',
    criuOptions: ['timeout 60'],
    source: 'criu/seize.c',
  },
  {
    id: 'seccomp-suspend',
    match: /^suspending seccomp failed/,
    meaning: "The node's kernel cannot suspend seccomp filters while a process is dumped.",
    hint: 'Use a kernel with CONFIG_CHECKPOINT_RESTORE, or run the pod with the Unconfined seccomp profile.',
    source: 'compel/src/lib/ptrace.c',
  },
  {
    id: 'rseq',
    match: /^\d+ has rseq but kernel lacks get_rseq_conf feature/,
    meaning:
      "The node's kernel is too old for programs that use restartable sequences, as the C library does.",
    hint: 'Use a node with Linux 5.13 or later, or set GLIBC_TUNABLES=glibc.pthread.rseq=0 in the container.',
    source: 'criu/cr-dump.c',
  },
]
