import type { Command } from './command.ts'

/** What help is asked about: the whole program, one command, or all whose names begin with a word. */
export type HelpTopic =
  | { readonly kind: 'all' }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'verbs'; readonly word: string; readonly verbs: readonly Command[] }
