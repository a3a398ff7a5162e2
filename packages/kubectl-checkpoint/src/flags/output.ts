import type { InferredOptionTypes, Options } from 'yargs'
import { text } from './text.ts'

const group = 'Output:'

/** How the result is printed. */
export const outputFlags = {
  output: { group, alias: 'o', ...text, describe: 'One of json, yaml, name, wide, jsonpath=TEMPLATE' },
  'no-headers': { group, type: 'boolean', describe: 'Leave out the line that names the columns' },
} as const satisfies Record<string, Options>

export type OutputFlags = InferredOptionTypes<typeof outputFlags>
