import type { InferredOptionTypes, Options } from 'yargs'
import { text } from './text.ts'

/** For commands that take `oci://IMAGE`. */
export const registryFlags = {
  'plain-http': {
    group: 'Registry:',
    ...text,
    array: true,
    describe: 'Host and port of a registry without TLS; may be repeated. localhost needs none',
  },
} as const satisfies Record<string, Options>

export type RegistryFlags = InferredOptionTypes<typeof registryFlags>
