import type { Difference, MountDocument } from '@kubectl-checkpoint/core/documents'
import { describeUnread } from '../inspection/unreadable.ts'
import { printable } from '../printable.ts'
import { shorten } from '../table.ts'
import type { View } from '../view.ts'
import { changedProperties, changedValue, changeLines, valueText } from './change-lines.ts'
import { fileLines } from './file-lines.ts'
import { processLines } from './process-lines.ts'

/** A terminal breaks longer lines than it is wide: what they end with is what became of something. */
const longestLine = 4096

/** What differs, a line each: `-` is in the first alone, `+` in the second, `~` is another in each. Nothing if they are equal. */
export const differenceView: View<Difference> = {
  toDocument: (difference) => difference,
  toText(difference, { headers, width }) {
    const { container, processes, mounts, namespaces, files } = difference
    const lines = [
      ...changeLines('container', container, valueText, changedValue),
      ...processes.flatMap(processLines),
      ...changeLines('mount', mounts, describeMount, changedProperties),
      ...changeLines('namespace', namespaces, describeNamespaceValue, changedValue),
      ...files.flatMap(fileLines),
    ]
    const titles =
      headers && lines.length > 0 ? [`--- ${titleOf(difference.a)}`, `+++ ${titleOf(difference.b)}`] : []
    const text = [...titles, ...lines].map((line) => `${printable(shorten(line, longestLine))}\n`).join('')
    return text + describeUnread(difference, width)
  },
  toNames: ({ container, processes, mounts, namespaces, files }) => [
    ...container.map(({ name }) => `container/${name}`),
    ...processes.map(({ a, b }) => `process/${(a ?? b)?.pid}`),
    ...mounts.map(({ name }) => `mount/${name}`),
    ...namespaces.map(({ name }) => `namespace/${name}`),
    ...files.map(({ path }) => `file/${path}`),
  ],
}

/** Of a whole namespace that one archive lacks, only that the other has it. */
const describeNamespaceValue = (value: unknown): string =>
  typeof value === 'object' && !Array.isArray(value) ? 'in this archive alone' : valueText(value)

const describeMount = ({ type, source, options }: MountDocument): string =>
  [type, source, options.join(',')].filter((part) => part).join(' ')

function titleOf({ archive, container }: Difference['a']): string {
  const { namespace, pod, name, checkpointedAt } = container ?? {}
  const place = [namespace, pod, name].filter((part) => part !== undefined).join('/')
  return [archive.label, place, checkpointedAt].filter((part) => part).join('  ')
}
