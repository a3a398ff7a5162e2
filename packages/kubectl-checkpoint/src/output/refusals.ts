import type { RefusalDocument, RefusalList, SearchedContainer } from '@kubectl-checkpoint/core/documents'
import { age } from './age.ts'
import { describeFix } from './error.ts'
import { printable } from './printable.ts'
import { proseWidth } from './prose-width.ts'
import { shorten } from './table.ts'
import type { View } from './view.ts'
import { wrapBeside } from './wrap.ts'

type Address = Pick<RefusalDocument, 'namespace' | 'pod' | 'container'>

/** What was refused, the newest first, and of what nothing was refused: where that was looked for. */
export const refusalsView = (now: Date): View<RefusalList> => ({
  toDocument: (list) => list,
  toText({ items, searched }, { width }) {
    const columns = proseWidth({ ...(width === undefined ? {} : { columns: width }) })
    const spared = searched.filter((container) => !items.some((item) => nameOf(item) === nameOf(container)))
    return [
      ...items.map((item) => describeRefusal(item, now, columns)),
      ...spared.map((container) => describeSearch(container, columns)),
    ].join('\n')
  },
  toNames: ({ items }) => items.map(({ pod, container }) => `${pod}/${container}`),
})

/** Whether of a container nothing was found, and not everything could be looked at. */
export const isUnsure = ({ items, searched }: RefusalList): boolean =>
  searched.some(
    (container) =>
      container.places.some(({ unreadable }) => unreadable !== undefined) &&
      !items.some((item) => nameOf(item) === nameOf(container)),
  )

const nameOf = ({ namespace, pod, container }: Address): string => `${namespace}/${pod}/${container}`

const margin = 2
/** Of what a runtime said, which may quote whole logs. */
const longestMessage = 1000

function describeRefusal(item: RefusalDocument, now: Date, width: number): string {
  const { operation, causes, lines, message, evidence, succeededAt } = item
  const prose = (text: string) => wrapBeside(margin, printable(text), width)
  const unknown =
    message === undefined ? 'The log gives no reason that is known.' : 'The reason is not known.'
  const paragraphs = [
    prose(causes.length > 0 ? causes.map(({ meaning }) => meaning).join(' ') : unknown),
    ...causes.flatMap(({ hint, fix }) => [
      ...(hint === undefined ? [] : [prose(hint)]),
      ...(fix === undefined ? [] : describeFix(fix, width - margin).map(indent)),
    ]),
    ...(succeededAt === undefined ? [] : [prose(`It worked since: at ${succeededAt}.`)]),
    ...(lines.length > 0 ? [indent(['CRIU said:', ...lines.map(quoteLine)].join('\n'))] : []),
    ...(message === undefined ? [] : [prose(`It was said: ${shorten(message, longestMessage)}`)]),
    indent(['Seen in:', ...evidence.map(({ place }) => quoteLine(place))].join('\n')),
  ]
  const title = `${nameOf(item)}: the ${operation} was refused ${whenOf(item, now)}`
  return `${[printable(title), ...paragraphs].join('\n\n')}\n`
}

function whenOf({ at }: RefusalDocument, now: Date): string {
  if (at === undefined) return 'and still is'
  const ago = age(at, now)
  return ago === undefined ? `at ${at}` : `${ago} ago, at ${at}`
}

function describeSearch(container: SearchedContainer, width: number): string {
  const places = container.places.map(({ place, unreadable }) =>
    wrapBeside(
      margin,
      printable(unreadable === undefined ? place : `${place} could not be read: ${unreadable}`),
      width,
    ),
  )
  return `${[printable(`${nameOf(container)}: nothing was refused, as far as can be seen in`), ...places].join('\n')}\n`
}

const quoteLine = (line: string): string => `  ${printable(line)}`

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(margin))
