export interface TextOptions {
  readonly wide: boolean
  readonly headers: boolean
  /** Columns of the terminal, if stdout is one. */
  readonly width: number | undefined
  /** Its lines, likewise. */
  readonly height?: number | undefined
  /** Whether it shows colours, and its user wants them. */
  readonly colours?: boolean
}

/** How one kind of result is shown. */
export interface View<Result> {
  /** For programs: stable, with `apiVersion` and `kind`. */
  toDocument(result: Result): object
  toText(result: Result, options: TextOptions): string
  /** One reference a line, each of which the other commands take as an argument. */
  toNames(result: Result): readonly string[]
}

export const apiVersion = 'kubectl-checkpoint/v1'
