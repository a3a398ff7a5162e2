import type { RawImage } from '@kubectl-checkpoint/core/actions'
import type { JsonValue } from '@kubectl-checkpoint/core/formats/criu'
import type { OutputFormat } from './format.ts'
import { printable } from './printable.ts'
import { pythonJson, startLine } from './python-json.ts'

// Less, and writing takes longer than what is written; more, and it is only held.
const chunkLength = 64 * 1024

/**
 * An image as `crit show` prints it, or `crit decode` for `-o json`, in pieces as they are read; as YAML and for a
 * template all at once.
 */
export async function* rawImageText(
  { magic, entries }: RawImage,
  format: OutputFormat,
): AsyncGenerator<string> {
  switch (format.kind) {
    case 'yaml': {
      const { yaml } = await import('./yaml.ts')
      yield `---\n${yaml(toNumbers({ magic, entries: await Array.fromAsync(entries) }, (large) => large))}`
      return
    }
    case 'jsonpath': {
      const { jsonpath } = await import('./jsonpath.ts')
      const image = toNumbers({ magic, entries: await Array.fromAsync(entries) }, String)
      yield jsonpath(format.template, image)
      return
    }
  }
  const [top, list, element] = format.kind === 'json' ? [] : [0, 1, 2]
  let text = `{${startLine(list)}"magic": "${magic}",${startLine(list) || ' '}"entries": [`
  let count = 0
  for await (const entry of entries) {
    if (count > 0) text += list === undefined ? ', ' : ','
    text += `${startLine(element)}${pythonJson(entry, element)}`
    count += 1
    if (text.length > chunkLength) {
      yield text
      text = ''
    }
  }
  yield `${text}${count > 0 ? startLine(list) : ''}]${startLine(top)}}\n`
}

/** Which images hold no messages, for stderr; nothing if all do. */
export function describeSkippedImages(names: readonly string[]): string {
  const [first] = names
  if (first === undefined) return ''
  const which = names.length === 1 ? 'holds' : `and ${names.length - 1} more hold`
  return `note: ${printable(first)} ${which} no messages, and can only be named alone\n`
}

/** Integers of 64 bits as numbers, where those are exact. */
function toNumbers(value: JsonValue, convertLarge: (value: bigint) => unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : convertLarge(value)
  }
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((element) => toNumbers(element, convertLarge))
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toNumbers(one, convertLarge)]))
}
