import type { FileDocument, FileList } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from './columns.ts'
import { printable } from './printable.ts'
import { bytes } from './units.ts'
import type { View } from './view.ts'

/** Files as `ls -l` shows them, with what became of them since the image. */
export const fileTableView: View<FileList> = {
  toDocument: (list) => list,
  toText: ({ items }, options) => columnsTable(columns, items, options),
  toNames: ({ items }) => items.map(({ path }) => path),
}

/** Files as `find` shows them: a path a line. */
export const filePathsView: View<FileList> = {
  ...fileTableView,
  toText: (list, options) =>
    options.wide
      ? fileTableView.toText(list, options)
      : list.items.map(({ path }) => `${printable(path)}\n`).join(''),
}

const columns: readonly Column<FileDocument>[] = [
  { name: 'MODE', cell: describeMode },
  { name: 'UID', cell: ({ uid }) => uid },
  { name: 'GID', cell: ({ gid }) => gid },
  { name: 'SIZE', cell: describeSize },
  { name: 'MODIFIED', cell: ({ modifiedAt }) => modifiedAt?.replace(/\.\d+Z$/, 'Z') },
  { name: 'CHANGE', cell: ({ change }) => change },
  { name: 'FROM', cell: ({ origin }) => origin, wide: true },
  { name: 'PATH', cell: describePath, whole: true },
]

const typeLetters: Readonly<Record<FileDocument['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  'character-device': 'c',
  'block-device': 'b',
  fifo: 'p',
  socket: 's',
  unknown: '?',
}

/** `drwxr-xr-x`, as `ls` writes it; `d?????????` where only the type is known. */
function describeMode({ type, mode }: FileDocument): string {
  const letter = typeLetters[type]
  if (mode === undefined) return `${letter}?????????`
  const bits = Number.parseInt(mode, 8)
  const permissions = [6, 3, 0].map((shift) =>
    Array.from('rwx', (letter, index) => (bits & ((4 >> index) << shift) ? letter : '-')),
  )
  for (const [index, set] of ['s', 's', 't'].entries()) {
    const group = permissions[index]
    if (group && bits & (0o4000 >> index)) group[2] = group[2] === 'x' ? set : set.toUpperCase()
  }
  return letter + permissions.flat().join('')
}

/** Of a folder, of everything below it. */
function describeSize({ type, sizeBytes, device }: FileDocument): string | undefined {
  if (device) return `${device.major}, ${device.minor}`
  return type === 'file' || type === 'directory' ? bytes(sizeBytes) : undefined
}

function describePath({ path, linkTarget, hardLinkTo }: FileDocument): string {
  if (linkTarget !== undefined) return `${path} -> ${linkTarget}`
  return hardLinkTo === undefined ? path : `${path} = ${hardLinkTo}`
}
