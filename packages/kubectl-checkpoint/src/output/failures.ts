import type { ItemFailure } from '@kubectl-checkpoint/core/actions'
import type { FailureDocument } from '@kubectl-checkpoint/core/documents'

/** A failed item as it appears in JSON and YAML. */
export const failureDocument = ({ item, error }: ItemFailure): FailureDocument => {
  const { code, message, hint, fix } = error
  return { item, error: { code, message, ...(hint !== undefined && { hint }), ...(fix && { fix }) } }
}

export const failureDocuments = (failures: readonly ItemFailure[]): FailureDocument[] =>
  failures.map(failureDocument)
