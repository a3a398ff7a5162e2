import type { Flags, FlagValues } from '../flags/flag.ts'
import type { Io } from '../io.ts'
import type { Example } from './examples.ts'

/** A word behind a command's name. */
export interface Positional {
  readonly describe: string
  readonly required?: true
  /** Whether it takes all words that are left. */
  readonly many?: true
}

export type Positionals = Readonly<Record<string, Positional>>

/** One verb: what can be said with it, and what it does. */
export interface Command {
  /** Words are joined by a space, as in `inspect raw`. */
  readonly name: string
  readonly describe: string
  /** In their order on the command line. */
  readonly positionals: Positionals
  readonly flags: Flags
  readonly examples: readonly Example[]
  /** Does what a command line asks for, and returns the exit code. Code that it needs is loaded here. */
  run(args: Readonly<Record<string, unknown>>, io: Io): Promise<number>
}

type Arguments<Named extends Positionals, Declared extends Flags> = FlagValues<Declared> & {
  readonly [Name in keyof Named]: PositionalValue<Named[Name]>
}

type PositionalValue<Named extends Positional> = Named extends { readonly many: true }
  ? readonly string[]
  : Named extends { readonly required: true }
    ? string
    : string | undefined

/** Lets the compiler derive what `run` gets from what is declared beside it. */
export const defineCommand = <const Named extends Positionals, Declared extends Flags>(
  command: Omit<Command, 'positionals' | 'flags' | 'run'> & {
    readonly positionals: Named
    readonly flags: Declared
    run(args: Arguments<Named, Declared>, io: Io): Promise<number>
  },
): Command => command
