import { CheckpointError, type Fix } from '../../errors.ts'

/** A fact, or why it isn't known. */
export type Learned<Value> = Known<Value> | Unknown

interface Known<Value> {
  readonly known: true
  readonly value: Value
}

export interface Unknown {
  readonly known: false
  readonly reason: string
  readonly hint?: string | undefined
  readonly fix?: Fix | undefined
}

export const notLearned = (reason: string): Unknown => ({ known: false, reason })

/** What `read` finds out; where it can't, its reason: others may still be found out. Cancellations pass through. */
export async function learn<Value>(signal: AbortSignal, read: () => Promise<Value>): Promise<Learned<Value>> {
  try {
    return { known: true, value: await read() }
  } catch (error) {
    if (signal.aborted || !(error instanceof CheckpointError)) throw error
    const { message: reason, hint, fix } = error
    return { known: false, reason, hint, fix }
  }
}
