/**
 * What must not reach a terminal: C0 and C1 controls and DEL (escape sequences); what Unicode lets programs hide,
 * bidirectional and zero-width characters among it (text that reads otherwise than it is); line separators; and what
 * is left of invalid text: U+FFFD and surrogates without a partner.
 */
const unprintable = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffd]/gu

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeCharacter(character: string): string {
  const short = shortEscapes[character]
  if (short !== undefined) return short
  const codePoint = character.codePointAt(0) ?? 0
  const hex = codePoint.toString(16)
  if (codePoint <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return codePoint <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}

/** `text` on one line, with everything that a terminal would obey or hide as a visible escape: `\x1b`, `\u202e`. */
export function printable(text: string): string {
  return text.replace(unprintable, escapeCharacter)
}

/** As `printable`, but its lines stay lines: for manifests and other text of several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}

/** Whether `printable` would change `text`. */
export function isPrintable(text: string): boolean {
  return text.search(unprintable) === -1
}

/** Serialized JSON with its unprintable characters as `\uXXXX`, beyond the basic plane as a pair of them. */
export function printableJson(serialized: string): string {
  return escapeInDocument(serialized, (character) => character.split('').map(escapeUnit).join(''))
}

/** Serialized YAML, whose unprintable characters all stand in double quotes, with these as `\uXXXX` or `\UXXXXXXXX`. */
export function printableYaml(serialized: string): string {
  return escapeInDocument(serialized, (character) => {
    const codePoint = character.codePointAt(0) ?? 0
    return codePoint > 0xffff ? `\\U${codePoint.toString(16).padStart(8, '0')}` : escapeUnit(character)
  })
}

/** Line feeds are the document's own: those in strings the serializer has escaped. */
function escapeInDocument(serialized: string, escapeOne: (character: string) => string): string {
  return serialized.replace(unprintable, (character) =>
    character === '\n' ? character : escapeOne(character),
  )
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
