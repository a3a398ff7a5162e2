import type { Argv } from 'yargs'
import type { Io } from '../io.ts'

/** Does what a command line asks for, and returns the exit code. */
export type Work = (io: Io) => Promise<number>

/** Teaches `parser` one verb; parsed flags go to `start` as the work they stand for. */
export type AddCommand = (parser: Argv, start: (work: Work) => Promise<void>) => Argv
