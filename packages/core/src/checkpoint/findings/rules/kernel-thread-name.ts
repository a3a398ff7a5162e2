import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

const kernelThreads =
  /^(\[[^\s@]+\]$|kworker|kthreadd|ksoftirqd|migration\/|kdevtmpfs|khugepaged|kswapd|kauditd|kblockd|kcompactd|khungtaskd|kintegrityd|ksmd|kthrotld|kpsmoused|rcu_|cpuhp\/|idle_inject\/|irq\/|scsi_eh_|jbd2\/|oom_reaper|watchdogd)/

export const kernelThreadName: Rule = {
  id: 'kernel-thread-name',
  severity: 'high',
  title: 'A process bears the name of a thread of the kernel',
  *find({ processes }) {
    for (const process of processes) {
      const { pid, comm, exe, args } = process
      // Zombies have neither; what has one is no thread of the kernel, and a container has none.
      if (exe === undefined) continue
      const name = [comm, args?.[0] ?? ''].find((one) => kernelThreads.test(one))
      if (name === undefined) continue
      yield {
        pid,
        place: exe,
        evidence: `${nameProcess(process)} calls itself ${clip(name)} and is ${clip(exe)}`,
      }
    }
  },
}
