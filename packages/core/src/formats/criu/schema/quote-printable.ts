const maxLineLength = 76
const newline = 0x0a
const carriageReturn = 0x0d
const equals = 0x3d
const dot = 0x2e
const space = 0x20
const tab = 0x09

const isBlank = (byte: number | undefined): boolean => byte === space || byte === tab

/**
 * Bytes in quoted-printable, broken into lines, as Python's `quopri` writes them.
 * @see RFC 2045, 6.7
 */
export function quotePrintable(bytes: Uint8Array): string {
  const ending = bytes[bytes.indexOf(newline) - 1] === carriageReturn ? '\r\n' : '\n'
  const lines: string[] = []
  let line = ''
  const breakSoftly = () => {
    lines.push(`${line}=`)
    line = ''
  }
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    const next = bytes[at + 1]
    if (byte === newline || (byte === carriageReturn && next === newline)) {
      lines.push(/[ \t]$/.test(line) ? line.slice(0, -1) + quote(line.charCodeAt(line.length - 1)) : line)
      line = ''
      if (byte === carriageReturn) at += 1
    } else if (mustBeQuoted(byte, next, line)) {
      if (line.length + 3 >= maxLineLength) breakSoftly()
      line += quote(byte)
    } else {
      if (next !== undefined && next !== newline && line.length + 1 >= maxLineLength) breakSoftly()
      line += String.fromCharCode(byte)
    }
  }
  return [...lines, line].join(ending)
}

function mustBeQuoted(byte: number, next: number | undefined, line: string): boolean {
  if (byte > 126 || byte === equals) return true
  // A dot alone in its line ends a mail.
  if (byte === dot) return line === '' && [undefined, newline, carriageReturn, 0].includes(next)
  if (isBlank(byte)) return next === undefined
  return byte < space && byte !== carriageReturn
}

const quote = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
