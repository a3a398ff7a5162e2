import type { OutputFormat } from './format.ts'
import { json } from './json.ts'
import { printable } from './printable.ts'
import type { TextOptions, View } from './view.ts'

/** What goes to stdout for `result`; each format's code is loaded only where it is asked for. */
export async function render<Result>(
  result: Result,
  view: View<Result>,
  format: OutputFormat,
  options: Omit<TextOptions, 'wide'>,
): Promise<string> {
  switch (format.kind) {
    case 'text':
      return view.toText(result, { ...options, wide: format.wide })
    case 'name':
      return view
        .toNames(result)
        .map((name) => `${printable(name)}\n`)
        .join('')
    case 'json':
      return json(view.toDocument(result))
    case 'yaml': {
      const { yaml } = await import('./yaml.ts')
      return yaml(view.toDocument(result))
    }
    case 'jsonpath': {
      const { jsonpath } = await import('./jsonpath.ts')
      return jsonpath(format.template, view.toDocument(result))
    }
  }
}
