import { baseName } from '../paths.ts'
import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

const shells = /^(ba|da|a|z|k|c|tc|fi)?sh$|^(busybox|python|perl|ruby|php|lua|nc|ncat|socat)/

export const shellOnSocket: Rule = {
  id: 'shell-on-socket',
  severity: 'high',
  title: 'A shell takes its input from a network connection',
  *find({ processes }) {
    for (const process of processes) {
      const { pid, exe = '', sockets = [] } = process
      if (!shells.test(baseName(exe))) continue
      const input = sockets.find(({ fd, protocol }) => fd === 0 && protocol.startsWith('tcp'))
      const output = sockets.find(({ fd, protocol }) => fd === 1 && protocol.startsWith('tcp'))
      if (!input || !output) continue
      const evidence = `${nameProcess(process)} runs ${clip(exe)} with input and output from and to ${input.remote ?? 'a TCP socket'}`
      yield { pid, place: `descriptor 0 of PID ${pid}`, evidence }
    }
  },
}
