import type { Options } from 'yargs'

/** How much of an image is printed. */
export const rawFlags = {
  'no-payload': {
    group: 'Image:',
    type: 'boolean',
    describe: 'Print the size alone of data that messages bring along: what waits in pipes, deleted files',
  },
} as const satisfies Record<string, Options>
