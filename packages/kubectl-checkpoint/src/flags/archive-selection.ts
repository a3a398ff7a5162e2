import type { ArchiveSelection } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'
import { text } from './text.ts'

const group = 'Archives:'

/** Which archives on nodes are meant. */
export const archiveSelectionFlags = {
  selector: { group, alias: 'l', ...text, describe: 'Of pods that have these labels: app=web,tier!=db' },
  'all-namespaces': { group, alias: 'A', type: 'boolean', describe: 'Of all namespaces' },
  container: { group, alias: 'c', ...text, describe: 'Of containers of this name' },
  node: { group, ...text, array: true, describe: 'On this node; may be repeated' },
} as const satisfies Record<string, Options>

export type ArchiveSelectionFlags = InferredOptionTypes<typeof archiveSelectionFlags>

export const archiveSelection = (
  targets: readonly string[],
  flags: ArchiveSelectionFlags,
): ArchiveSelection => ({
  targets,
  ...(flags.selector === undefined ? {} : { selector: flags.selector }),
  ...(flags['all-namespaces'] ? { allNamespaces: true } : {}),
  ...(flags.container === undefined ? {} : { container: flags.container }),
  ...(flags.node === undefined ? {} : { nodes: flags.node }),
})
