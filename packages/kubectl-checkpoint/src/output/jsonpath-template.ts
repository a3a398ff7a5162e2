import { UsageError } from '../usage-error.ts'

/** One piece of a template, in order. `path` starts at the value that the surrounding range is at. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'range'; readonly path: string; readonly body: readonly TemplatePart[] }

/**
 * The parts of a template as `kubectl -o jsonpath=` takes it: text, `{.paths}`, `{"quoted text\n"}`,
 * `{range .paths[*]}…{end}`; paths are in the spelling of JSONPath (`$.a['b.c'][-1:]`). A template without braces
 * is one path.
 * @throws {UsageError}
 * @see https://kubernetes.io/docs/reference/kubectl/jsonpath/
 */
export function parseTemplate(template: string): readonly TemplatePart[] {
  const tokens = template.includes('{') ? tokenize(template) : [{ expression: template }]
  const open: { path: string; body: TemplatePart[] }[] = [{ path: '', body: [] }]
  for (const token of tokens) {
    const innermost = open.at(-1)
    if (innermost === undefined) throw new UsageError('jsonpath: {end} without {range}')
    if ('text' in token) {
      innermost.body.push({ kind: 'text', text: token.text })
    } else if (token.expression === 'end') {
      open.pop()
      open.at(-1)?.body.push({ kind: 'range', ...innermost })
    } else if (/^range\s/.test(token.expression)) {
      open.push({ path: toPath(token.expression.slice('range'.length)), body: [] })
    } else if (/^["']/.test(token.expression)) {
      innermost.body.push({ kind: 'text', text: unquote(token.expression) })
    } else {
      innermost.body.push({ kind: 'path', path: toPath(token.expression) })
    }
  }
  const [whole, ...unended] = open
  if (whole === undefined) throw new UsageError('jsonpath: {end} without {range}')
  if (unended.length > 0) throw new UsageError('jsonpath: {range} without {end}')
  return whole.body
}

type Token = { readonly text: string } | { readonly expression: string }

/** Cuts at braces; inside them, braces in quotes don't count. */
function tokenize(template: string): readonly Token[] {
  const pattern = /([^{]+)|\{((?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^"'{}])*)\}/y
  const tokens: Token[] = []
  while (pattern.lastIndex < template.length) {
    const start = pattern.lastIndex
    const match = pattern.exec(template)
    if (!match) {
      throw new UsageError(`jsonpath: no matching } or quote after ${JSON.stringify(template.slice(start))}`)
    }
    const [, text, expression = ''] = match
    tokens.push(text === undefined ? { expression: expression.trim() } : { text })
  }
  return tokens
}

function unquote(literal: string): string {
  const content = literal.slice(1, -1)
  try {
    return JSON.parse(
      `"${literal.startsWith("'") ? content.replace(/\\'|"/g, singleQuotedEscapes) : content}"`,
    )
  } catch {
    throw new UsageError(`jsonpath: ${literal} is not quoted text`)
  }
}

const singleQuotedEscapes = (found: string): string => (found === '"' ? '\\"' : "'")

/** kubectl's spelling to JSONPath's: `.a\.b` is one name, `[-1]` counts from the end, `$` and `@` may be absent. */
function toPath(expression: string): string {
  const path = expression
    .trim()
    .replace(/^[$@]/, '')
    .replace(
      /\.((?:[^.[\]\\()]|\\.)*\\\.(?:[^.[\]\\()]|\\.)*)/g,
      (_, name: string) => `['${name.replaceAll('\\', '')}']`,
    )
    .replace(/\[-1\]/g, '[-1:]')
    .replace(/\[-(\d+)\]/g, (_, back: string) => `[-${back}:-${Number(back) - 1}]`)
  if (!hasBalancedBrackets(path)) throw new UsageError(`jsonpath: brackets don't match in ${expression}`)
  return path === '' || /^[.[]/.test(path) ? `$${path}` : `$.${path}`
}

function hasBalancedBrackets(path: string): boolean {
  const unquoted = path.replace(/"[^"]*"|'[^']*'/g, '')
  let depth = 0
  for (const character of unquoted) {
    if (character === '[' || character === '(') depth += 1
    if (character === ']' || character === ')') depth -= 1
    if (depth < 0) return false
  }
  return depth === 0
}
