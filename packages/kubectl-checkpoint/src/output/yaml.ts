import { Document, visit } from 'yaml'
import { isPrintable, printableYaml } from './printable.ts'

/** YAML that a terminal can show: strings with control or invisible characters are quoted and escaped. */
export function yaml(value: unknown): string {
  // `aliasDuplicateObjects` would tie equal parts together by anchors, which surprises readers and templates.
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' })
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === 'string' && !isPrintable(scalar.value)) scalar.type = 'QUOTE_DOUBLE'
    },
  })
  return printableYaml(document.toString({ lineWidth: 0 }))
}
