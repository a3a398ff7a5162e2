import { criuRefusalCheck } from './criu-refusal.ts'
import { describeFile } from './describe-file.ts'

/** What CRIU saves of objects that have no name in any file system. */
const savedObjects = /^anon_inode:\[?(?:eventpoll|eventfd|timerfd|signalfd|inotify|fanotify|pidfd)\]?$/

export const kernelObjects = criuRefusalCheck({
  id: 'kernel-objects',
  title: 'Kernel objects, such as io_uring',
  none: 'none that CRIU could not save',
  find: (sight) =>
    sight.files
      .filter(({ target }) => target.startsWith('anon_inode:') && !savedObjects.test(target))
      .map((file) => ({
        refusal: file.target === 'anon_inode:[io_uring]' ? 'io-uring' : 'anonymous-file',
        evidence: describeFile(sight, file),
      })),
})
