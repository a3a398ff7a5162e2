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
