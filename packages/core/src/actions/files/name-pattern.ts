/**
 * A test for names that a pattern of a shell stands for: `*` any characters, `?` one, `[a-z]` one of these, `[!a]` none
 * of these, `\` takes its meaning from the next. Takes no longer than both lengths multiplied.
 */
export function parseNamePattern(pattern: string): (name: string) => boolean {
  const tokens = parseTokens(pattern)
  return (name) => matches(Array.from(name), tokens)
}

function matches(characters: readonly string[], tokens: readonly Token[]): boolean {
  let [at, token] = [0, 0]
  // Where to go on if what follows the last star doesn't match: only that star can take more.
  let retry: { readonly token: number; at: number } | undefined
  while (at < characters.length) {
    const current = tokens[token]
    if (current === 'star') {
      token += 1
      retry = { token, at }
    } else if (current?.(characters[at] ?? '')) {
      at += 1
      token += 1
    } else if (retry) {
      retry.at += 1
      at = retry.at
      token = retry.token
    } else {
      return false
    }
  }
  return tokens.slice(token).every((rest) => rest === 'star')
}

type Token = 'star' | ((character: string) => boolean)

function parseTokens(pattern: string): readonly Token[] {
  const tokens: Token[] = []
  // A set, of which a bracket right at its beginning is a part; else one character, perhaps after a backslash.
  for (const [text, negation, set, escaped] of pattern.matchAll(/\[([!^]?)(\]?[^\]]*)\]|\\(.)|./gsu)) {
    if (set !== undefined) tokens.push(parseSet(set, negation !== ''))
    else if (escaped !== undefined) tokens.push((character) => character === escaped)
    else if (text === '*') tokens.push('star')
    else if (text === '?') tokens.push(() => true)
    else tokens.push((character) => character === text)
  }
  return tokens
}

function parseSet(set: string, negated: boolean): Token {
  const ranges = [...set.matchAll(/(.)-(.)|(.)/gsu)].map(([, from, to, only]) => [
    codeOf(from ?? only),
    codeOf(to ?? only),
  ])
  return (character) => {
    const code = codeOf(character)
    return ranges.some(([from = 0, to = 0]) => from <= code && code <= to) !== negated
  }
}

const codeOf = (character = ''): number => character.codePointAt(0) ?? 0
