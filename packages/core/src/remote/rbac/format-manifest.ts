import { Document, isScalar, type Node, visit } from 'yaml'
import type { ManifestObject } from './plan-manifest.ts'
import type { Rule } from './roles.ts'

/**
 * YAML for `kubectl apply -f -` that says of each rule what it is for. Names may have any characters: what ends lines,
 * or can't be seen, is escaped.
 * @param heading Lines about the whole.
 */
export const formatManifest = (objects: readonly ManifestObject[], heading: readonly string[] = []): string =>
  [...heading.map((line) => `#${comment(line)}\n`), objects.map(formatObject).join('---\n')].join('')

const invisible = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffd]/u

function formatObject({ about, object, rules = [] }: ManifestObject): string {
  const document = new Document(object, { aliasDuplicateObjects: false })
  if (document.contents) document.contents.commentBefore = comment(about)
  rules.forEach((rule, index) => {
    const node = document.getIn(['rules', index], true) as Node
    node.commentBefore = describeRule(rule)
  })
  visit(document, {
    Seq(_, list) {
      list.flow = list.items.every(isScalar)
    },
    Scalar(_, scalar) {
      if (typeof scalar.value === 'string' && invisible.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE'
    },
  })
  // Without blocks and folds: a name stays on one line.
  const options = { blockQuote: false, lineWidth: 0, flowCollectionPadding: false } as const
  return document.toString(options).split('\n').map(escapeInvisible).join('\n')
}

const describeRule = ({ why, amountsTo }: Rule): string =>
  [why, ...(amountsTo === undefined ? [] : [`Amounts to ${amountsTo}.`])].map(comment).join('\n')

/** Escaped here: a line break would end the comment, and what follows it would count. */
const comment = (text: string): string => ` ${escapeInvisible(text)}`

/** As double quotes have it, within which these characters stand, if not in a comment. */
const escapeInvisible = (line: string): string =>
  line.replaceAll(new RegExp(invisible, 'gu'), (character) => {
    const codePoint = character.codePointAt(0) ?? 0
    const hex = codePoint.toString(16)
    return codePoint > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
  })
