import type { ReadOptions } from '../../bytes/index.ts'
import type { ComparedAspect, Difference, Inspection, ProcessDifference } from '../../documents/index.ts'
import { type UnreadablePart, unlessUnreadable } from '../archive/index.ts'
import type { FileTree } from '../filesystem/index.ts'
import { ProcessError } from '../process/index.ts'
import { compareContainers } from './compare-containers.ts'
import { compareFiles } from './compare-files.ts'
import { compareMemory, type Memory } from './compare-memory.ts'
import { compareMounts } from './compare-mounts.ts'
import { compareNamespaces } from './compare-namespaces.ts'
import { compareProcess, hasDifferences, loneProcess } from './compare-process.ts'
import { findLost, type IsLost } from './lost-parts.ts'
import { matchProcesses, type ProcessMatch } from './match-processes.ts'

/** One of two checkpoints, with the sections that the aspects need. */
export interface ComparedCheckpoint {
  readonly inspection: Inspection
  /** Absent if files aren't compared. */
  readonly files?: FileTree
  readMemory(pid: number): Promise<Memory>
}

export interface Comparison extends ReadOptions {
  readonly aspects: ReadonlySet<ComparedAspect>
  /** Whether to read pages of memory and files; else only what describes them counts. */
  readonly contents: boolean
}

type Unreadable = Difference['unreadable'][number]

/**
 * What differs between two checkpoints, of one container at two times or of two containers. Reads contents only where
 * the comparison asks for them; what can't be read is reported, and the rest compared.
 */
export async function compareCheckpoints(
  a: ComparedCheckpoint,
  b: ComparedCheckpoint,
  comparison: Comparison,
): Promise<Difference> {
  const { aspects, contents } = comparison
  const [inA, inB] = [a.inspection, b.inspection]
  const sameContainer = inA.container !== undefined && inA.container.id === inB.container?.id
  const unreadable: Unreadable[] = [...unreadableOf(a, 'a'), ...unreadableOf(b, 'b')]
  const isLost = findLost(unreadable)
  const ifAsked = <Item>(aspect: ComparedAspect, compare: () => readonly Item[]): readonly Item[] =>
    aspects.has(aspect) ? compare() : []
  const parts = {
    container: ifAsked('container', () => compareContainers(inA, inB)),
    processes: await compareProcesses(a, b, { ...comparison, sameContainer, isLost }, unreadable),
    mounts: isLost(/^(mountpoints-\d+\.img|spec\.dump)$/)
      ? []
      : ifAsked('mounts', () => compareMounts(inA.mounts ?? [], inB.mounts ?? [], sameContainer)),
    namespaces: ifAsked('namespaces', () => compareNamespaces(inA.namespaces, inB.namespaces, isLost)),
    files:
      aspects.has('files') && a.files && b.files
        ? await compareFiles(a.files, b.files, {
            ...comparison,
            sameContainer,
            isLost,
            report: (part) => unreadable.push(part),
          })
        : [],
  }
  return {
    apiVersion: 'kubectl-checkpoint/v1',
    kind: 'Difference',
    equal: Object.values(parts).every(({ length }) => length === 0),
    a: sideOf(inA),
    b: sideOf(inB),
    sameContainer,
    compared: [...aspects],
    contents,
    ...parts,
    unreadable,
  }
}

const sideOf = ({ archive, container }: Inspection): Difference['a'] => ({
  archive,
  ...(container && { container }),
})

const unreadableOf = ({ inspection, files }: ComparedCheckpoint, side: 'a' | 'b'): readonly Unreadable[] => [
  ...inspection.unreadable.map((part) => ({ side, ...part })),
  ...(files?.unreadable ?? []).map((part) => ({ side, ...part })),
]

/** Any aspect of processes is of the same pairs of them. */
const processAspects: readonly ComparedAspect[] = [
  'processes',
  'env',
  'descriptors',
  'sockets',
  'mappings',
  'memory',
]

async function compareProcesses(
  a: ComparedCheckpoint,
  b: ComparedCheckpoint,
  comparison: Comparison & { readonly sameContainer: boolean; readonly isLost: IsLost },
  unreadable: Unreadable[],
): Promise<readonly ProcessDifference[]> {
  const { aspects, contents, sameContainer, isLost } = comparison
  if (!processAspects.some((aspect) => aspects.has(aspect))) return []
  if (isLost(/^pstree\.img$/) && (a.inspection.processes.length === 0 || b.inspection.processes.length === 0))
    return []
  const { matches, onlyInA, onlyInB } = matchProcesses(
    a.inspection.processes,
    b.inspection.processes,
    sameContainer,
  )
  const changed: ProcessDifference[] = []
  for (const match of matches) {
    const difference = compareProcess(match, { aspects, sameContainer, isLost })
    const memory =
      contents && aspects.has('memory')
        ? await compareMemoryOf(match, a, b, comparison, unreadable)
        : undefined
    const whole = { ...difference, ...(memory && { memory }) }
    if (hasDifferences(whole)) changed.push(whole)
  }
  return [
    ...changed,
    ...onlyInA.map((process) => loneProcess(process, 'a')),
    ...onlyInB.map((process) => loneProcess(process, 'b')),
  ]
}

async function compareMemoryOf(
  match: ProcessMatch,
  a: ComparedCheckpoint,
  b: ComparedCheckpoint,
  options: ReadOptions,
  unreadable: Unreadable[],
): Promise<ProcessDifference['memory']> {
  const [inA, inB] = [match.a.memory?.mappings, match.b.memory?.mappings]
  if (!inA || !inB) return undefined
  const report = (part: UnreadablePart) => unreadable.push(part)
  const compare = async () =>
    compareMemory(
      { space: await a.readMemory(match.a.pid), mappings: inA },
      { space: await b.readMemory(match.b.pid), mappings: inB },
      options,
    )
  return await unlessUnreadable(`memory of process ${match.a.pid}`, report, compare, ProcessError)
}
