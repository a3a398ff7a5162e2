import { criuRefusalCheck, describeProcess } from './criu-refusal.ts'

export const tracers = criuRefusalCheck({
  id: 'tracers',
  title: 'Traced processes',
  none: 'none',
  find: (sight) => [
    ...sight.processes
      .filter(({ tracerPid }) => tracerPid > 0)
      .map(({ pid, tracerPid }) => ({
        refusal: 'traced',
        evidence: `${describeProcess(sight, pid)} is traced by ${describeProcess(sight, tracerPid)}`,
      })),
    ...sight.mappings
      .filter(({ path }) => path === '[uprobes]')
      .map(({ pid }) => ({
        refusal: 'uprobes',
        evidence: `${describeProcess(sight, pid)} has probes in it`,
      })),
  ],
})

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
