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

/** Less would be a word a line. */
const leastWidth = 20

/** `text` behind a margin of so many spaces, and wrapped to `width` beside it; as it is without a width. */
export function wrapBeside(margin: number, text: string, width: number | undefined): string {
  const lines = width === undefined ? text : wrap(text, Math.max(leastWidth, width - margin))
  return lines.replaceAll(/^/gm, ' '.repeat(margin))
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
