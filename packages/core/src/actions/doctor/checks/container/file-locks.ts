import { runtimeOf } from '../../runtime-of.ts'
import { criuRefusalCheck, describeProcess } from './criu-refusal.ts'

/** CRI-O has CRIU take file locks, whatever the node's configuration says. */
export const fileLocks = criuRefusalCheck({
  id: 'file-locks',
  title: 'File locks',
  none: 'none',
  isAccepted: ({ node }) => runtimeOf(node)?.name === 'cri-o',
  find: (sight) =>
    sight.locks.map(({ pid, descriptor, text }) => ({
      refusal: 'file-locks',
      evidence: `${describeProcess(sight, pid)}, descriptor ${descriptor}: ${text.replace(/ +/g, ' ')}`,
    })),
})
