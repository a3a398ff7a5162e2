import type { ActionEvent } from '@kubectl-checkpoint/core/actions'

/** Tells people on stderr what a running action does. */
export interface Reporter {
  report(event: ActionEvent): void
  /** Prints a line that stays. */
  log(line: string): void
  /** Leaves the terminal as it should stay. */
  end(): Promise<void>
}
