import type { Refusal } from '../refusal.ts'

export const processRefusals: readonly Refusal[] = [
  {
    id: 'traced',
    match: /^Unseizable non-zombie \d+ found, state/,
    meaning: 'A process of the container is being traced by another, such as a debugger or strace.',
    hint: 'Detach the debugger or tracer, then try again.',
    source: 'compel/src/lib/infect.c',
  },
  {
    id: 'exec-session',
    match: /^A session leader of (?:zombie process )?\d+\(\d+\) is outside of its pid namespace/,
    meaning: 'A process was brought into the container from outside, as kubectl exec and exec probes do.',
    hint: 'End open kubectl exec and debug sessions. If it was a probe, trying again is enough.',
    source: 'criu/cr-dump.c',
  },
  {
    id: 'terminal',
    match:
      /^tty: (?:Found dangling tty with sid|Found slave peer index \d+ without|ctty inheritance detected)/,
    meaning: 'A process uses a terminal whose other end is outside of the container.',
    hint: "End open kubectl exec -t and attach sessions, or set shell-job in CRIU's configuration on the node.",
    criuOptions: ['shell-job'],
    source: 'criu/tty.c',
  },
  {
    id: 'stopped-threads',
    match: /^Individually stopped threads not supported/,
    meaning: 'Some threads of a process are stopped and others run.',
    hint: 'Detach debuggers, or continue the process with SIGCONT, then try again.',
    source: 'criu/seize.c',
  },
  {
    id: 'pid-namespace',
    match: /^Can't dump a pid namespace without the process init/,
    meaning:
      "The container shares its process namespace, and its first process is not that namespace's PID 1.",
    hint: "Unset hostPID or shareProcessNamespace in the pod's spec.",
    source: 'criu/namespaces.c',
  },
  {
    id: 'nested-namespace',
    match:
      /^(?:Can't dump nested \w+ namespace for \d+|net: Unable to dump more than one netns if the --emptyns is set)/,
    meaning:
      'A process of the container has made a namespace of its own, of a kind CRIU does not dump nested.',
    hint: 'Stop what does so: a sandbox, a browser, a container runtime inside the container.',
    source: 'criu/namespaces.c',
  },
  {
    id: 'sysv-shm',
    match: /^Task \d+ with SysVIPC shmem map @[0-9a-f]+ doesn't live in IPC ns/,
    meaning: 'The container uses System V shared memory of the node.',
    hint: "Unset hostIPC in the pod's spec, so that the shared memory belongs to the pod.",
    source: 'criu/cr-dump.c',
  },
  {
    id: 'device-mapping',
    match: /^Can't handle non-regular mapping on \d+'s map/,
    meaning: 'A process has mapped the memory of a device, such as a GPU or an RDMA card.',
    hint: 'Close the device first, or install the CRIU plugin for it on the node.',
    source: 'criu/proc_parse.c',
  },
  {
    id: 'uprobes',
    match: /^PID \d+ has uprobes vma\. Consider using --allow-uprobes/,
    meaning: 'A tracer on the node has put probes into a process of the container.',
    hint: 'Stop the tracer (bpftrace, perf, an eBPF agent), or set allow-uprobes for dump and restore.',
    criuOptions: ['allow-uprobes'],
    source: 'criu/proc_parse.c',
  },
]
