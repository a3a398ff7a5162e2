import type { RolesRequest } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'
import { text } from './text.ts'

const group = 'Roles:'

export const rolesFlags = {
  for: {
    group,
    ...text,
    describe: 'Who gets them: user:NAME, group:NAME, sa:NAMESPACE/NAME; a plain word is a user',
  },
  direct: { group, type: 'boolean', describe: 'For checkpoints with --direct, which take the least rights' },
  namespace: {
    group,
    alias: 'n',
    ...text,
    describe: 'Namespace of the pods that they are about; default: all',
  },
  node: { group, ...text, array: true, describe: 'Node that they are for; may be repeated; default: all' },
  'reader-namespace': {
    group,
    ...text,
    describe: 'Where reader pods run; default: checkpoint-readers, which is made, too',
  },
} as const satisfies Record<string, Options>

export type RolesFlags = InferredOptionTypes<typeof rolesFlags>

export const rolesRequest = (roles: readonly string[], flags: RolesFlags): RolesRequest => ({
  roles,
  ...(flags.for === undefined ? {} : { subject: flags.for }),
  ...(flags.direct ? { direct: true } : {}),
  ...(flags.namespace === undefined ? {} : { namespace: flags.namespace }),
  ...(flags['reader-namespace'] === undefined ? {} : { readerNamespace: flags['reader-namespace'] }),
  ...(flags.node === undefined ? {} : { nodes: flags.node }),
})
