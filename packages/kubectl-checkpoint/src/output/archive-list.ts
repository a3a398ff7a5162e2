import type { GatheredArchives } from '@kubectl-checkpoint/core/actions'
import type { ArchiveChange, NodeArchive } from '@kubectl-checkpoint/core/documents'
import { age } from './age.ts'
import { blocks } from './blocks.ts'
import { failureDocuments } from './failures.ts'
import { fits, table } from './table.ts'
import { bytes } from './units.ts'
import { apiVersion, type View } from './view.ts'

interface Column {
  readonly name: string
  readonly cell: (archive: NodeArchive) => string
}

/** Archives on nodes, as they are `now`. */
export const archiveListView = (
  now: Date,
): View<Pick<GatheredArchives, 'archives' | 'failures' | 'namespace'>> => ({
  toDocument: ({ archives, failures }) => ({
    apiVersion,
    kind: 'ArchiveList',
    items: archives,
    failures: failureDocuments(failures),
  }),
  toText({ archives, namespace }, { wide, headers, width }) {
    if (archives.length === 0) return ''
    const columns = archiveColumns(now, wide, namespace === undefined)
    const rows = table(
      columns.map(({ name }) => name),
      archives.map((archive) => columns.map(({ cell }) => cell(archive))),
      { headers },
    )
    if (fits(rows, width)) return rows
    const details = columns.filter(({ name }) => !titles.has(name))
    return blocks(
      archives.map((archive) => ({
        title: titleOf(archive),
        details: details.map(({ name, cell }) => [name, cell(archive)]),
      })),
    )
  },
  toNames: ({ archives }) => archives.map(({ archive }) => archive),
})

/** A change, as one more row of the list of `above`; on a narrow terminal a block of its own. */
export const archiveChangeView = (
  now: Date,
  above: readonly NodeArchive[],
  namespace: string | undefined,
): View<ArchiveChange> => ({
  toDocument: ({ type, archive }) => ({ apiVersion, kind: 'ArchiveEvent', type, archive }),
  toText({ type, archive }, { wide, headers, width }) {
    const columns = archiveColumns(now, wide, namespace === undefined)
    const cellsOf = (row: NodeArchive) =>
      columns.map(({ name, cell }) => {
        const isGone = row === archive && type === 'DELETED' && name === 'STATUS'
        return isGone ? 'deleted' : cell(row)
      })
    const names = columns.map(({ name }) => name)
    // The columns are as wide as they were, or wider.
    const rows = table(names, [...above, archive].map(cellsOf), { headers: true })
      .split('\n')
      .slice(0, -1)
    if (fits(rows.join('\n'), width)) {
      return [...(headers ? rows.slice(0, 1) : []), ...rows.slice(-1)].map((row) => `${row}\n`).join('')
    }
    const cells = cellsOf(archive)
    const details = names.flatMap((name, index): [string, string][] =>
      titles.has(name) ? [] : [[name, cells[index] ?? '']],
    )
    return blocks([{ title: titleOf(archive), details }])
  },
  toNames: ({ type, archive }) => (type === 'ADDED' ? [archive.archive] : []),
})

/** As kubectl says it, and where there is something. */
export function describeNothing({ namespace, elsewhere }: GatheredArchives): string {
  const where = namespace === undefined ? '' : ` in ${namespace} namespace`
  const others = elsewhere === 1 ? '1 archive' : `${elsewhere} archives`
  return `No archives found${where}.${elsewhere === 0 ? '' : ` ${others} in other namespaces: -A`}\n`
}

const archiveColumns = (now: Date, wide: boolean, namespaces: boolean): readonly Column[] => [
  ...(namespaces || wide
    ? [{ name: 'NAMESPACE', cell: ({ namespace = '-' }: NodeArchive) => namespace }]
    : []),
  { name: 'POD', cell: ({ pod = '-' }) => pod },
  { name: 'CONTAINER', cell: ({ container = '-' }) => container },
  { name: 'NODE', cell: ({ node }) => node },
  { name: 'SIZE', cell: ({ sizeBytes }) => bytes(sizeBytes) },
  { name: 'AGE', cell: ({ takenAt, modifiedAt }) => age(takenAt ?? modifiedAt, now) ?? '-' },
  { name: 'PINNED', cell: ({ pin }) => pin?.kind ?? '-' },
  { name: 'STATUS', cell: statusOf },
  ...(wide ? wideColumns : []),
]

const wideColumns: readonly Column[] = [
  { name: 'ENGINE', cell: ({ engine = '-' }) => engine },
  { name: 'TAKEN', cell: ({ takenAt = '-' }) => takenAt },
  { name: 'NOTE', cell: ({ note, pin }) => note ?? pin?.note ?? '-' },
  { name: 'ARCHIVE', cell: ({ archive }) => archive },
]

/** What stands in the title of a block. */
const titles = new Set(['NAMESPACE', 'POD', 'CONTAINER', 'NODE'])

const titleOf = ({ namespace, pod, container, node, path }: NodeArchive): string =>
  pod === undefined ? `${path} on ${node}` : `${namespace}/${pod}/${container} on ${node}`

/** Of the archive where something is the matter with it, else of its pod. */
function statusOf({ state, podStatus }: NodeArchive): string {
  if (state === 'complete') return `pod ${podStatus}`
  return state === 'unreadable' ? 'unreadable' : 'being written'
}
