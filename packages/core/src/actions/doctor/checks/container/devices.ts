import type { OpenFileSight } from '../../../../remote/node-probe/index.ts'
import { criuRefusalCheck, describeProcess } from './criu-refusal.ts'
import { describeFile } from './describe-file.ts'
import { isGpu, isGpuPath } from './gpus.ts'

/** Memory devices (null, zero, random, …) and terminals have no state that CRIU could not save. */
const savedMajors: ReadonlySet<number> = new Set([1, 4, 5, 136, 137, 138, 139, 140, 141, 142, 143])
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
      .filter((file) => file.kind === 'character-device' && !isSaved(file) && !isGpu(file))
      .map((file) => ({ refusal: 'device-file', evidence: describeFile(sight, file) })),
    ...sight.mappings
      .filter(({ path }) => /^\/dev\/(?!zero\b|shm\/|hugepages\/)/.test(path) && !isGpuPath(path))
      .map(({ pid, path }) => ({
        refusal: 'device-mapping',
        evidence: `${describeProcess(sight, pid)} has mapped ${path}`,
      })),
  ],
})
