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

/**
 * Tries each filter and script of a template: `jsonpath` would get to them only when there is an element to filter.
 * @throws {UsageError} if the template can't be understood.
 */
export function checkTemplate(template: string): void {
  for (const path of pathsOf(parseTemplate(template))) {
    for (const step of JSONPath.toPathArray(path)) {
      if (/^\??\(/.test(step)) checkExpression(step)
    }
  }
}

function pathsOf(parts: readonly TemplatePart[]): string[] {
  return parts.flatMap((part) => {
    if (part.kind === 'text') return []
    return part.kind === 'path' ? [part.path] : [part.path, ...pathsOf(part.body)]
  })
}

function checkExpression(expression: string): void {
  try {
    JSONPath({ path: `$[${expression}]`, json: [{}], eval: 'safe' })
  } catch (error) {
    const { message, cause } = error as Error
    // That an empty element lacks something says nothing about the real ones.
    if (error instanceof TypeError || cause instanceof TypeError) return
    throw new UsageError(`jsonpath: ${expression}: ${message}`)
  }
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
