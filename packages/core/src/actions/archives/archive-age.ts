import type { NodeArchive } from '../../documents/index.ts'

/** When an archive was taken, in milliseconds since 1970; where nothing says so, when its file was written. */
export const timeOf = ({ takenAt, modifiedAt }: NodeArchive): number => Date.parse(takenAt ?? modifiedAt)

/** The oldest first. */
export const byAge = (a: NodeArchive, b: NodeArchive): number =>
  timeOf(a) - timeOf(b) || (a.archive < b.archive ? -1 : 1)
