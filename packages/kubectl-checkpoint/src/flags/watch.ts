import type { Options } from 'yargs'

export const watchFlags = {
  watch: {
    group: 'Output:',
    alias: 'w',
    type: 'boolean',
    describe: 'After the list, print each archive that comes, changes or goes, until Ctrl-C',
  },
} as const satisfies Record<string, Options>
