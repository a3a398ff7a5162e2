/** What it does, and a command, with `$0` for the program's name. */
export type Example = readonly [comment: string, command: string]

/**
 * Examples as kubectl prints them: a comment, the command, an empty line. yargs would break commands to the width of
 * the terminal, and what is broken can't be pasted.
 */
export function describeExamples(examples: readonly Example[], program: string): string {
  if (examples.length === 0) return ''
  const paragraphs = examples.map(
    ([comment, command]) => `  # ${comment}\n  ${command.replaceAll('$0', program)}\n`,
  )
  return `\nExamples:\n${paragraphs.join('\n')}`
}
