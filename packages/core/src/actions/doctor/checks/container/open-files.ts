import type { ContainerSight, OpenFileSight } from '../../../../remote/node-probe/index.ts'
import { runtimeOf } from '../../runtime-of.ts'
import { criuRefusalCheck, describeProcess } from './criu-refusal.ts'

const describeFile = (sight: ContainerSight, { pid, descriptor, target }: OpenFileSight): string =>
  `${describeProcess(sight, pid)}, descriptor ${descriptor}: ${target}`

/** Memory devices (null, zero, random, …) and terminals have no state that CRIU could not save. */
const savedMajors: ReadonlySet<number> = new Set([1, 4, 5, 136, 137, 138, 139, 140, 141, 142, 143])
const nvidiaMajor = 195
const tunDevice = '10:200'

const isSaved = ({ major, minor }: OpenFileSight): boolean =>
  savedMajors.has(major) || `${major}:${minor}` === tunDevice

/** Open ones and mapped ones. @see criu/files.c dump_chrdev */
export const devices = criuRefusalCheck({
  id: 'devices',
  title: 'Devices',
  none: 'none that CRIU could not save',
  find: (sight) => [
    ...sight.files
      .filter((file) => file.kind === 'character-device' && !isSaved(file))
      .map((file) => ({
        refusal: file.major === nvidiaMajor ? 'nvidia-device' : 'device-file',
        evidence: describeFile(sight, file),
      })),
    ...sight.mappings
      .filter(({ path }) => /^\/dev\/(?!zero\b|shm\/)/.test(path))
      .map(({ pid, path }) => ({
        refusal: 'device-mapping',
        evidence: `${describeProcess(sight, pid)} has mapped ${path}`,
      })),
  ],
})

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

/** CRIU puts smaller ones into the archive. */
const ghostLimitBytes = 1024 * 1024

/** What looks like a deleted file of somebody's, and isn't memory. */
const deletedFile = /^\/(?!memfd:|dev\/zero |SYSV).* \(deleted\)$/s

export const deletedFiles = criuRefusalCheck({
  id: 'deleted-files',
  title: 'Deleted files that are open',
  none: 'none that CRIU could not save',
  find: (sight) =>
    sight.files
      .filter(({ target, kind }) => kind === 'other' && deletedFile.test(target))
      .flatMap((file) => {
        const evidence = describeFile(sight, file)
        if (file.links > 0) return [{ refusal: 'link-remap', evidence }]
        if (file.allocatedBytes <= ghostLimitBytes) return []
        return [{ refusal: 'ghost-limit', evidence: `${evidence}, ${file.allocatedBytes} bytes` }]
      }),
})
