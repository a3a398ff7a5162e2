import type { Flags } from './flag.ts'

/** What every command understands. */
export const helpFlags = {
  help: { group: 'Options:', alias: 'h', type: 'boolean', describe: 'Show help' },
} as const satisfies Flags
