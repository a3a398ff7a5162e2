import { criuRefusalCheck } from './criu-refusal.ts'
import { describeFile } from './describe-file.ts'

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
