import type { ItemFailure } from '@kubectl-checkpoint/core/actions'

/** Failed items as they appear in JSON and YAML. */
export function failureDocuments(failures: readonly ItemFailure[]): object[] {
  return failures.map(({ item, error: { code, message, hint, fix } }) => ({
    item,
    error: { code, message, ...(hint === undefined ? {} : { hint }), ...(fix === undefined ? {} : { fix }) },
  }))
}
