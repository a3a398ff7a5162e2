import { criuRefusalCheck, describeProcess } from './criu-refusal.ts'

/** CRIU dumps mount namespaces that a process has made, and no others. */
const refusedKinds = ['net', 'ipc', 'uts', 'pid', 'user', 'time']

/** Compared with the container's first process, whose parent is none of the container's. */
export const nestedNamespaces = criuRefusalCheck({
  id: 'nested-namespaces',
  title: 'Namespaces of processes of their own',
  none: 'none',
  find(sight) {
    const pids = new Set(sight.processes.map(({ pid }) => pid))
    const first = sight.processes.find(({ parentPid }) => !pids.has(parentPid))
    return sight.processes.flatMap(({ pid, namespaces }) =>
      refusedKinds
        // A process that has ended and was not waited for has none any more.
        .filter((kind) => namespaces.has(kind) && namespaces.get(kind) !== first?.namespaces.get(kind))
        .map((kind) => ({
          refusal: 'nested-namespace',
          evidence: `${describeProcess(sight, pid)} has a ${kind} namespace of its own`,
        })),
    )
  },
})
