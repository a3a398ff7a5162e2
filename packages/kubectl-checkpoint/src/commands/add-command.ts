import type { Argv } from 'yargs'
import type { Io } from '../io.ts'
import type { Example } from './examples.ts'

/** Does what a command line asks for, and returns the exit code. */
export type Work = (io: Io) => Promise<number>

/**
 * Teaches `parser` one verb. Parsed flags go to `start` as the work they stand for; `illustrate` takes the examples of
 * the verb that the command line is about.
 */
export type AddCommand = (
  parser: Argv,
  start: (work: Work) => never,
  illustrate: (examples: readonly Example[]) => void,
) => Argv
