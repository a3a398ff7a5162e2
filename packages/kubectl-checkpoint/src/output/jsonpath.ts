import { JSONPath } from 'jsonpath-plus'
import { UsageError } from '../usage-error.ts'
import { parseTemplate, type TemplatePart } from './jsonpath-template.ts'
import { printable, printableJson } from './printable.ts'

/**
 * What `kubectl -o jsonpath=TEMPLATE` prints of `value`: results separated by spaces, strings bare, the rest as
 * JSON, nothing where a path leads nowhere. Values are made printable, the template's own text is not.
 * @throws {UsageError} if the template can't be understood.
 */
export function jsonpath(template: string, value: unknown): string {
  return fill(parseTemplate(template), value)
}

function fill(parts: readonly TemplatePart[], value: unknown): string {
  return parts.map((part) => fillPart(part, value)).join('')
}

function fillPart(part: TemplatePart, value: unknown): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'path':
      return find(part.path, value).map(show).join(' ')
    case 'range':
      return find(part.path, value)
        .map((element) => fill(part.body, element))
        .join('')
  }
}

function find(path: string, value: unknown): readonly unknown[] {
  if (path === '$') return [value]
  if (typeof value !== 'object' || value === null) return []
  try {
    // 'safe' evaluates filters with an interpreter of its own, never as JavaScript.
    const found: unknown = JSONPath({ path, json: value, eval: 'safe', wrap: true })
    return Array.isArray(found) ? found : [found]
  } catch (cause) {
    throw new UsageError(`jsonpath: ${path.slice(1)}: ${(cause as Error).message}`)
  }
}

function show(value: unknown): string {
  return typeof value === 'string' ? printable(value) : printableJson(JSON.stringify(value))
}
