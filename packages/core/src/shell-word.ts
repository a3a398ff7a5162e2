/** `text` as one word of a command to paste, whatever is in it. Plain words, as most names are, stay as they are. */
export function shellWord(text: string): string {
  return /^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
