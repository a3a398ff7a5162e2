import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

export const joinedProcess: Rule = {
  id: 'joined-process',
  severity: 'medium',
  title: 'A process was put into the container from outside',
  *find({ processes }) {
    const first = processes[0]
    const own = new Set(first?.env ?? [])
    for (const process of processes) {
      const { pid, ppid, args = [], env } = process
      if (ppid !== 0 || process === first) continue
      // Only where both are known: what an absent environment lacks is nobody's difference.
      const others = first?.env ? (env?.filter((one) => !own.has(one)) ?? []) : []
      const names = others.slice(0, 10).map((one) => one.replace(/=.*/s, ''))
      const difference = names.length > 0 ? `, with other values of ${clip(names.join(', '))}` : ''
      const command = args.length > 0 ? ` runs ${clip(args.join(' '))}` : ''
      const evidence = `${nameProcess(process)}${command}: its parent is no process of the container${difference}`
      yield { pid, place: `PID ${pid}`, evidence }
    }
  },
}
