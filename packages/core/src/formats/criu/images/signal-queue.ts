import type { signal_queue_entry } from '../messages/signals.ts'
import type { Message } from '../schema/index.ts'

/** The numbers of queued signals. A siginfo_t begins with its signal's, in the byte order of the machine: the lowest first. */
export const readSignals = (queue: Message<typeof signal_queue_entry> | undefined): readonly number[] =>
  (queue?.signals ?? []).map(({ siginfo }) => siginfo[0] ?? 0)
