/** A flag as commands declare it. Not a boolean, it has the word behind it as its value. */
export interface Flag {
  /** Its heading in the help. */
  readonly group: string
  /** A letter, for short. */
  readonly alias?: string
  readonly type: 'string' | 'boolean'
  /** Whether each value counts where it is given several times; else the last one does, as kubectl has it. */
  readonly array?: true
  readonly default?: string
  /** Another flag, without which it makes no sense. */
  readonly implies?: string
  readonly describe: string
}

export type Flags = Readonly<Record<string, Flag>>

/** What a command gets of its flags. */
export type FlagValues<Declared extends Flags> = {
  readonly [Name in keyof Declared]: FlagValue<Declared[Name]>
}

type FlagValue<Declared extends Flag> = Declared extends { readonly type: 'boolean' }
  ? boolean | undefined
  : Declared extends { readonly array: true }
    ? readonly string[] | undefined
    : Declared extends { readonly default: string }
      ? string
      : string | undefined
