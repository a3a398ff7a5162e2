import { createInterface } from 'node:readline'
import type { Io } from './io.ts'
import { UsageError } from './usage-error.ts'

/** @throws {UsageError} where nobody sits who could answer a question. */
export function checkTerminal({ stdin, stderr }: Io): void {
  if (stdin.isTTY && stderr.isTTY) return
  throw new UsageError(
    'there is no terminal to ask at',
    'Say --yes to delete without a question, or --dry-run to see what would be deleted.',
  )
}

/** Asks on stderr, and waits for a line on stdin: yes, or anything else. @throws the reason of an abort. */
export async function confirm(question: string, { stdin, stderr, signal }: Io): Promise<boolean> {
  stderr.write(`${question} [y/N] `)
  // Not as a terminal of its own: then Ctrl-C would be a key like others.
  const lines = createInterface({ input: stdin, terminal: false, signal })
  try {
    // Not by iterating over the lines, which leaves a terminal being read, and thus the process waiting for more.
    const answer = await new Promise<string | undefined>((resolve) => {
      lines.once('line', resolve)
      lines.once('close', () => resolve(undefined))
    })
    if (answer !== undefined) return /^y(es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
  stderr.write('\n')
  signal.throwIfAborted()
  return false
}
