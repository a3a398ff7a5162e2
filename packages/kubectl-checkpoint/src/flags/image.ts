import type { BuildRequest } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'
import { text } from './text.ts'

const group = 'Image:'

/** How an image is made. */
export const imageFlags = {
  compress: {
    group,
    choices: ['none', 'gzip', 'zstd'] as const,
    default: 'none' as const,
    describe: 'How the layer is stored; uncompressed it can be looked into where it is',
  },
} as const satisfies Record<string, Options>

/** For commands that may give it to a registry. */
export const openRegistryFlags = {
  yes: {
    group,
    alias: 'y',
    type: 'boolean',
    describe: 'Push to a registry, too, that lets everybody in',
  },
} as const satisfies Record<string, Options>

/** Where it goes, for commands that write it here, too. */
export const imageTargetFlags = {
  tag: {
    group,
    alias: 't',
    ...text,
    demandOption: true,
    describe: 'Where to: oci:FOLDER[:TAG], oci-archive:FILE[:TAG] or oci://REGISTRY/REPOSITORY:TAG',
  },
} as const satisfies Record<string, Options>

type Flags = InferredOptionTypes<typeof imageFlags & typeof openRegistryFlags>

export const buildRequest = (
  archive: string,
  image: string,
  flags: Flags & { readonly container?: string | undefined },
): BuildRequest => ({
  archive,
  image,
  compression: flags.compress,
  ...(flags.yes ? { allowsOpenRegistry: true } : {}),
  ...(flags.container === undefined ? {} : { container: flags.container }),
})
