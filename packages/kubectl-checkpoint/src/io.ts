/** A stream for people or programs, and the size of the terminal if it is one. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/** What people type, or a program writes; a terminal only if people do. */
type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean }

/** The process as the command sees it, passed in so that tests can play it. */
export interface Io {
  /** What the program was started as: `/usr/local/bin/kubectl-checkpoint`. */
  readonly program: string
  readonly stdin: InputStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted by the first Ctrl-C, SIGTERM or SIGHUP, the reason being an `Interruption`. */
  readonly signal: AbortSignal
}
