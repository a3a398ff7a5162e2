import type { JsonValue } from '@kubectl-checkpoint/core/formats/criu'

/** How deep a value stands in the text around it: nothing for a text of one line. */
export type Depth = number | undefined

/**
 * JSON as Python's `json.dump` writes it: everything beyond ASCII escaped (DEL, too, which Python leaves and terminals
 * obey), a level indented by four spaces, or all in one line with a space behind each comma.
 */
export function pythonJson(value: JsonValue, depth: Depth): string {
  if (typeof value === 'string') return pythonString(value)
  if (typeof value !== 'object') return String(value)
  const isList = Array.isArray(value)
  const inner = depth === undefined ? undefined : depth + 1
  const parts = isList
    ? value.map((element) => pythonJson(element, inner))
    : Object.entries(value).map(([name, one]) => `${pythonString(name)}: ${pythonJson(one, inner)}`)
  const [open, close] = isList ? '[]' : '{}'
  if (parts.length === 0) return `${open}${close}`
  return `${open}${startLine(inner)}${parts.join(`,${startLine(inner) || ' '}`)}${startLine(depth)}${close}`
}

/** What a line begins with. */
export const startLine = (depth: Depth): string => (depth === undefined ? '' : `\n${'    '.repeat(depth)}`)

function pythonString(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
