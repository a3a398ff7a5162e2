import { CheckpointError, type Fix } from '@kubectl-checkpoint/core/errors'
import { Interruption } from '../interruption.ts'
import { printable, printableLines } from './printable.ts'
import { wrap } from './wrap.ts'

/**
 * What goes to stderr for an error: the message and its code, the user's next step, and what to paste; each
 * in a paragraph. Sentences are wrapped to `width`.
 */
export function describeError(error: unknown, width: number): string {
  if (error instanceof Interruption) return `error: ${error.message}\n`
  if (!(error instanceof CheckpointError)) return describeDefect(error)
  const paragraphs = [
    wrap(printable(`error: ${error.message} (${error.code})`), width),
    ...(error.hint === undefined ? [] : [wrap(printable(error.hint), width)]),
    ...(error.fix === undefined ? [] : describeFix(error.fix, width)),
  ]
  return `${paragraphs.join('\n\n')}\n`
}

/** Nobody meant to throw this: whoever repairs it needs the stack. */
function describeDefect(error: unknown): string {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return printableLines(`error: this is a defect of kubectl-checkpoint\n\n${details}\n`)
}

/** What to paste, a paragraph each. */
export function describeFix({ manifest, nodeFile, commands }: Fix, width: number): string[] {
  return [
    ...(manifest === undefined ? [] : [applyCommand(printableLines(manifest))]),
    ...(nodeFile === undefined ? [] : [describeNodeFile(nodeFile, width)]),
    ...(commands === undefined ? [] : [printableLines(commands.join('\n'))]),
  ]
}

/** The manifest quotes what servers said: the word that ends it must not be one of its lines. */
function applyCommand(manifest: string): string {
  const lines = manifest.trimEnd().split('\n')
  let end = 'EOF'
  while (lines.includes(end)) end += '_'
  return [`kubectl apply -f - <<'${end}'`, ...lines, end].join('\n')
}

function describeNodeFile(
  { path, content, afterwards }: NonNullable<Fix['nodeFile']>,
  width: number,
): string {
  const lines = printableLines(content.trimEnd()).split('\n')
  return [
    wrap(printable(`In ${path} on the node:`), width),
    '',
    ...lines.map((line) => `    ${line}`),
    ...(afterwards === undefined ? [] : ['', wrap(printable(afterwards), width)]),
  ].join('\n')
}
