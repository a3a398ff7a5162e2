import type { FileExtraction } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from './columns.ts'
import { printable } from './printable.ts'
import { bytes } from './units.ts'
import type { View } from './view.ts'

type Extracted = FileExtraction['items'][number]
type Reason = FileExtraction['skipped'][number]['reason']

/** Says nothing on stdout, as tar does, unless it is asked to. */
export const extractionView: View<FileExtraction> = {
  toDocument: (extraction) => extraction,
  toText: ({ items }, options) => (options.wide ? columnsTable(columns, items, options) : ''),
  toNames: ({ items }) => items.map(({ localPath }) => localPath),
}

const columns: readonly Column<Extracted>[] = [
  { name: 'TYPE', cell: ({ type }) => type },
  { name: 'SIZE', cell: ({ type, sizeBytes }) => (type === 'file' ? bytes(sizeBytes) : undefined) },
  { name: 'PATH', cell: ({ path }) => path },
  { name: 'LOCAL FILE', cell: ({ localPath }) => localPath },
]

const reasons: Readonly<Record<Reason, string>> = {
  deleted: 'deleted, and their content is not in the archive',
  device: 'devices or pipes: --devices makes them, too',
  socket: 'sockets, which only a process can make',
  'name-taken': 'their names are taken by others here',
  'name-unusable': 'their names cannot be used here',
  'too-large': 'larger than files can be here',
}

/** What was made, and what was left out and why, for stderr. */
export function describeExtraction({ items, skipped, folder }: FileExtraction): string {
  const count = (word: string, types: readonly Extracted['type'][]) => {
    const found = items.filter(({ type }) => types.includes(type)).length
    return found === 0 ? [] : [`${found} ${word}${found === 1 ? '' : 's'}`]
  }
  const kinds = [
    ...count('file', ['file']),
    ...count('folder', ['directory']),
    ...count('link', ['symlink']),
    ...count('device', ['character-device', 'block-device', 'fifo']),
  ]
  const made = `extracted ${kinds.join(', ') || 'nothing'} to ${printable(folder)}\n`
  const left = Object.entries(reasons).map(([reason, words]) => {
    const paths = skipped.filter((file) => file.reason === reason).map(({ path }) => path)
    const [first = ''] = paths
    const more = paths.length > 1 ? ` and ${paths.length - 1} more` : ''
    return paths.length === 0 ? '' : `left out ${printable(first)}${more}: ${words}\n`
  })
  return made + left.join('')
}
