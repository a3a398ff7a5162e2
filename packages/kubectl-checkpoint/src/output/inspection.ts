import type { Inspection } from '@kubectl-checkpoint/core/actions'
import { printable } from './printable.ts'
import { processTree } from './process-tree.ts'
import { table } from './table.ts'
import { bytes, percent } from './units.ts'
import { apiVersion, type TextOptions, type View } from './view.ts'

/** What an archive holds: a paragraph on the container, and its processes as a tree. */
export const inspectionView: View<Inspection> = {
  toDocument: (inspection) => ({ apiVersion, kind: 'Inspection', ...inspection }),
  toText: (inspection, options) => `${summary(inspection)}\n${processes(inspection, options)}`,
  toNames: ({ archive }) => [archive.label],
}

function summary({ archive, engine, container, sizes }: Inspection): string {
  const pod = [container.namespace, container.pod].filter((part) => part !== undefined).join('/')
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['Container', container.name],
    ['Pod', pod || undefined],
    ['ID', container.id],
    ['Image', container.image],
    ['Engine', engine],
    ['Runtime', container.runtime],
    ['Created', container.createdAt],
    ['Checkpointed', container.checkpointedAt],
    ['Archive', bytes(archive.size)],
    ['Memory', bytes(sizes.memoryBytes)],
    ['Root filesystem diff', bytes(sizes.rootfsDiffBytes)],
  ]
  return lines
    .filter(([, value]) => value !== undefined)
    .map(([name, value = '']) => `${`${name}:`.padEnd(23)}${printable(value)}\n`)
    .join('')
}

function processes({ processes }: Inspection, { wide, headers, width }: TextOptions): string {
  return table(
    wide ? ['PID', 'PPID', 'UID', 'STATE', 'THREADS', 'COMM', 'ARGS'] : ['PID', 'COMM', 'ARGS'],
    processTree(processes).map(({ process, indent }) => {
      const { pid, ppid, uid, state, threads, comm, args = [] } = process
      const details = wide ? [ppid, uid ?? '-', state, threads.length] : []
      return [...[pid, ...details].map(String), indent + comm, args.join(' ')]
    }),
    // As `ps` does: arguments may be pages long, `-o wide` shows a page of them, JSON and YAML all.
    { headers, width: wide ? undefined : width },
  )
}

/** How little of a large archive was read, for stderr. */
export function describeReads({ size, bytesRead, reads }: Inspection['archive']): string {
  return `read ${bytes(bytesRead)} of ${bytes(size)} (${percent(bytesRead, size)}) in ${reads} reads\n`
}
