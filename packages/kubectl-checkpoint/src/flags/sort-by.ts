import type { NodeArchive } from '@kubectl-checkpoint/core/documents'
import type { Options } from 'yargs'
import { UsageError } from '../usage-error.ts'
import { text } from './text.ts'

export const sortFlags = {
  'sort-by': {
    group: 'Output:',
    ...text,
    describe: 'A column such as age, size, pod or node, or a path such as .sizeBytes; default: newest last',
  },
} as const satisfies Record<string, Options>

type Order = (a: NodeArchive, b: NodeArchive) => number

const timeOf = ({ takenAt, modifiedAt }: NodeArchive): number => Date.parse(takenAt ?? modifiedAt)

/** What each column is sorted by. */
const columns = new Map<string, (archive: NodeArchive) => unknown>([
  ['namespace', ({ namespace }) => namespace],
  ['pod', ({ pod }) => pod],
  ['container', ({ container }) => container],
  ['node', ({ node }) => node],
  ['size', ({ sizeBytes }) => sizeBytes],
  // The youngest has the least.
  ['age', (archive) => -timeOf(archive)],
  ['taken', timeOf],
  ['engine', ({ engine }) => engine],
])

/** The order that `--sort-by` asks for; equals stay in theirs. @throws {UsageError} */
export function parseSortBy(text: string): Order {
  const keyOf = columns.get(text.toLowerCase()) ?? parsePath(text)
  return (a, b) => compare(keyOf(a), keyOf(b))
}

/** As kubectl takes it: `.pin.kind` or `{.pin.kind}`. @throws {UsageError} */
function parsePath(text: string): (archive: NodeArchive) => unknown {
  const path = text.replace(/^\{(.*)\}$/, '$1')
  if (!/^(\.[A-Za-z]+)+$/.test(path)) {
    throw new UsageError(
      `--sort-by: ${JSON.stringify(text)} is neither a column (${[...columns.keys()].join(', ')}) nor a path such as .sizeBytes`,
    )
  }
  const names = path.split('.').slice(1)
  return (archive) =>
    names.reduce<unknown>(
      (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      archive,
    )
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** What is missing comes first. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [textA, textB] = [a, b].map((value) => (value === undefined ? '' : String(value)))
  if (textA === textB) return 0
  return (textA ?? '') < (textB ?? '') ? -1 : 1
}
