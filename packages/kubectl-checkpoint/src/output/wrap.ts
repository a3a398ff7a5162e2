/** A command at the end of a sentence, which is to be copied. */
const finalCommand = /(?<=: )kubectl[- ].*$/

/**
 * `text` in lines of at most `width` characters, broken at spaces; longer words stay whole, to be copied, and so do
 * commands to which a colon leads.
 */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n')
}

function wrapLine(line: string, width: number): string {
  const [command] = finalCommand.exec(line) ?? []
  const prose = command === undefined ? line : line.slice(0, -command.length).trimEnd()
  const [first = '', ...words] = [...prose.split(' '), ...(command === undefined ? [] : [command])]
  const lines: string[] = []
  let current = first
  for (const word of words) {
    if (current.length + 1 + word.length <= width) {
      current += ` ${word}`
    } else {
      lines.push(current)
      current = word
    }
  }
  return [...lines, current].join('\n')
}
