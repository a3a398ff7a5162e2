import type { ApplyRequest, RestoreRequest } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'
import { connectionFlags } from './connection.ts'
import { parseMilliseconds } from './duration.ts'
import { text } from './text.ts'

const group = 'Restore:'

export const restoreFlags = {
  tag: {
    group,
    alias: 't',
    ...text,
    describe: 'Image to make first of an archive that is none: oci://REGISTRY/REPOSITORY:TAG',
  },
  as: {
    ...connectionFlags.as,
    group,
    describe:
      'pod (default) or deployment: what to make. Another word: the user to impersonate, as in kubectl',
  },
  name: {
    group,
    ...text,
    describe: "Name of what is made (default: the pod's, with -restored- behind it)",
  },
  node: { group, ...text, describe: 'Node of the new pod (default: the scheduler chooses)' },
  only: { group, type: 'boolean', describe: 'Leave out the other containers of the pod' },
  wait: { group, ...text, default: '2m', describe: 'Longest wait for the pod to become ready (default 2m)' },
  'dry-run': {
    group,
    choices: ['client', 'server'] as const,
    describe:
      'Only show what would be made, and what speaks against it; server: as the API server would make it',
  },
} as const satisfies Record<string, Options>

type Flags = InferredOptionTypes<typeof restoreFlags>

/** Of the two meanings that `--as` has here, the one that concerns the connection. */
export const withoutKind = <T extends Pick<Flags, 'as'>>(flags: T): T =>
  isKind(flags.as) ? { ...flags, as: undefined } : flags

const isKind = (word: string | undefined): word is 'pod' | 'deployment' =>
  word === 'pod' || word === 'deployment'

export const restoreRequest = (
  archive: string,
  flags: Flags & { readonly container?: string | undefined },
): RestoreRequest => ({
  archive,
  ...(isKind(flags.as) ? { as: flags.as } : {}),
  ...(flags.tag === undefined ? {} : { image: flags.tag }),
  ...(flags.container === undefined ? {} : { container: flags.container }),
  ...(flags.name === undefined ? {} : { name: flags.name }),
  ...(flags.node === undefined ? {} : { node: flags.node }),
  ...(flags.only ? { only: true } : {}),
})

/** @throws {UsageError} */
export const applyRequest = ({
  wait,
  yes = false,
}: Pick<Flags, 'wait'> & { readonly yes?: boolean | undefined }): ApplyRequest => ({
  timeoutSeconds: parseMilliseconds('wait', wait) / 1000,
  allowsOpenRegistry: yes,
})
