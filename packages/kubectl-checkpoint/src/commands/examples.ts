/** Examples as kubectl prints them: a comment, the command, an empty line. */
export function examples(list: readonly (readonly [comment: string, line: string])[]): [string, string][] {
  return list.map(([comment, line], index) => [
    `# ${comment}\n${line}${index < list.length - 1 ? '\n' : ''}`,
    '',
  ])
}
