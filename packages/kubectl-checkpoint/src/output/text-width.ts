import { eastAsianWidth } from 'get-east-asian-width'

/** Latin letters and what tables and trees are drawn with: a column each, whatever stands beside them. */
const narrow = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2500-\u257f]*$/
const emoji = /\p{Emoji_Presentation}/u
const mark = /[\p{Nonspacing_Mark}\p{Enclosing_Mark}]/u

let segmenter: Intl.Segmenter | undefined

/**
 * The columns that a terminal gives to `text`, which must be `printable`: two for wide characters and emoji, none for
 * marks. The package string-width knows more scripts, but takes longer to load than most archives to read.
 */
export function textWidth(text: string): number {
  if (narrow.test(text)) return text.length
  // Kept, and made only where it is needed: the first one takes half as long as Node's own start.
  segmenter ??= new Intl.Segmenter()
  return Iterator.from(segmenter.segment(text)).reduce(
    (width, { segment }) => width + clusterWidth(segment),
    0,
  )
}

/** Flags and emoji with a skin tone are one character of several code points. */
function clusterWidth(cluster: string): number {
  if (emoji.test(cluster)) return 2
  return [...cluster]
    .filter((character) => !mark.test(character))
    .reduce((width, character) => width + eastAsianWidth(character.codePointAt(0) ?? 0), 0)
}
