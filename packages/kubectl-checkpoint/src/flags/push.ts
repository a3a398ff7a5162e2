import type { PushRequest } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'

const group = 'Image:'

export const pushFlags = {
  compress: {
    group,
    choices: ['none', 'gzip', 'zstd'] as const,
    default: 'none' as const,
    describe: 'How the layer is stored; uncompressed it can be looked into where it is',
  },
  yes: {
    group,
    alias: 'y',
    type: 'boolean',
    describe: 'Push to a registry, too, that lets everybody in',
  },
} as const satisfies Record<string, Options>

export const pushRequest = (
  archive: string,
  image: string,
  flags: InferredOptionTypes<typeof pushFlags> & { readonly container?: string | undefined },
): PushRequest => ({
  archive,
  image,
  compression: flags.compress,
  allowsOpenRegistry: flags.yes === true,
  ...(flags.container === undefined ? {} : { container: flags.container }),
})
