/** Material for repairing what failed, as data, so that each front end can print, copy or apply it. */
export interface Fix {
  /** YAML for `kubectl apply -f -`. */
  readonly manifest?: string
  /** Shell commands for the user's own machine. */
  readonly commands?: readonly string[]
  /** A file to change on a node, the lines it must contain, and what to do afterwards. */
  readonly nodeFile?: { readonly path: string; readonly content: string; readonly afterwards?: string }
}

export interface CheckpointErrorOptions {
  /** The user's next step, in a sentence or two. */
  readonly hint?: string
  readonly fix?: Fix
  readonly cause?: unknown
}

/** What a thrown value says: for reasons in notices and messages. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * The base of everything the core throws on purpose. Subclasses live one a folder, each with its own union of
 * codes; a code is unique in the whole project, and stable: it crosses processes and maps to an exit code.
 */
export abstract class CheckpointError<Code extends string = string> extends Error {
  readonly code: Code
  readonly hint: string | undefined
  readonly fix: Fix | undefined

  /** @param message What failed, on what. */
  constructor(code: Code, message: string, options: CheckpointErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.hint = options.hint
    this.fix = options.fix
  }
}
