const longest = 300

/** Words of a server or an archive on one line and of bearable length, for a message. */
export function quote(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ')
  if (line === '') return '(nothing)'
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
