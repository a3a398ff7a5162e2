import type { RestoreRemark } from '../../documents/index.ts'

/** What is said of a restore before anything is made. */
export interface Judgement {
  /** With any of them it would fail. */
  readonly blockers: readonly RestoreRemark[]
  /** It will not be as one may expect. */
  readonly warnings: readonly RestoreRemark[]
}

export const nothing: Judgement = { blockers: [], warnings: [] }
