import type { Flags, FlagValues } from './flag.ts'
import { text } from './text.ts'

const group = 'Output:'

/** How the result is printed. */
export const outputFlags = {
  output: { group, alias: 'o', ...text, describe: 'One of json, yaml, name, wide, jsonpath=TEMPLATE' },
  'no-headers': { group, type: 'boolean', describe: 'Leave out the line that names the columns' },
} as const satisfies Flags

export type OutputFlags = FlagValues<typeof outputFlags>
