import type { ItemFailure } from '@kubectl-checkpoint/core/actions'
import { printable } from './printable.ts'

/** What stderr says of something that a watch can't ask any more. */
export const describeLoss = ({ item, error: { message, code } }: ItemFailure): string =>
  printable(`${item} cannot be asked any more, and is tried again: ${message} (${code})`)

export const describeReturn = (item: string): string => printable(`${item} answers again`)
