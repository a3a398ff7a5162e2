import { UsageError } from '../usage-error.ts'

/** What `-o` asks for. */
export type OutputFormat =
  | { readonly kind: 'text'; readonly wide: boolean }
  | { readonly kind: 'json' | 'yaml' | 'name' }
  | { readonly kind: 'jsonpath'; readonly template: string }

/** @throws {UsageError} before anything else is done, also for a template that can't be understood. */
export async function parseOutputFormat(text: string | undefined): Promise<OutputFormat> {
  switch (text) {
    case undefined:
      return { kind: 'text', wide: false }
    case 'wide':
      return { kind: 'text', wide: true }
    case 'json':
    case 'yaml':
    case 'name':
      return { kind: text }
  }
  const [, template] = /^jsonpath=(.+)$/s.exec(text) ?? []
  if (template === undefined) {
    throw new UsageError(
      `-o ${JSON.stringify(text)} is not known; there are json, yaml, name, wide and jsonpath=TEMPLATE`,
    )
  }
  const { checkTemplate } = await import('./jsonpath.ts')
  checkTemplate(template)
  return { kind: 'jsonpath', template }
}
