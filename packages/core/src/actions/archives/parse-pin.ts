import type { NodeArchive } from '../../documents/index.ts'
import { quote } from '../../quote.ts'

/** The name of the file that keeps the archive beside it from being deleted, whatever is in it. */
export const pinName = (archive: string): string => `${archive}.keep`

/** A longer one is no marker of a program, and its beginning tells enough. */
export const longestPin = 64 * 1024

/**
 * Reads a pin: a note for people, perhaps empty, or the JSON of a program that removes it when it has no owners left.
 * @see checkpoint-restore-operator docs/retention_policy.md, "Pinning Individual Checkpoints"
 */
export function parsePin(text: string): NonNullable<NodeArchive['pin']> {
  const { managedBy, podRestoreOwners } = findObject(text) ?? {}
  if (typeof managedBy !== 'string') return { kind: 'manual', ...(text.trim() && { note: quote(text) }) }
  const owners = Array.isArray(podRestoreOwners) ? podRestoreOwners : []
  return { kind: 'managed', managedBy, owners: owners.filter((owner) => typeof owner === 'string') }
}

function findObject(
  text: string,
): { readonly managedBy?: unknown; readonly podRestoreOwners?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
