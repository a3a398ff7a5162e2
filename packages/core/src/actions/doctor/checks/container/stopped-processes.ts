import { type Check, failure, ok, unknown } from '../../check.ts'
import type { ContainerFacts } from '../../container-facts.ts'
import { describeProcess } from './criu-refusal.ts'

/** A process that SIGSTOP has stopped keeps CRIU waiting for it, and the container frozen. */
export const stoppedProcesses: Check<ContainerFacts> = {
  id: 'stopped-processes',
  title: 'Stopped processes',
  judge({ sight }) {
    if (!sight.known) return unknown(sight)
    const stopped = sight.value.processes.filter(({ state }) => state === 'T')
    if (stopped.length === 0) return ok('none')
    return failure(
      stopped.slice(0, 5).map(({ pid }) => `${describeProcess(sight.value, pid)} is stopped`),
      {
        hint:
          'CRIU waits for it until the call times out, and containerd then leaves the whole container paused. Have ' +
          'it go on first (kill -CONT), or end it.',
      },
    )
  },
}
