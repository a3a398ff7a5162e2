import type { Unreadable } from '../../documents/index.ts'

/** Whether something of entries of such names could not be read, of one archive or the other. */
export type IsLost = (entry: RegExp) => boolean

/** What is lost with these parts. Of an archive that is cut off, that may be anything. */
export const findLost =
  (unreadable: readonly Unreadable[]): IsLost =>
  (pattern) =>
    unreadable.some(({ entry }) => pattern.test(entry.replace(/^(pre-)?checkpoint\//, '')))
