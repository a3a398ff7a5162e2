import { isDeepStrictEqual } from 'node:util'
import type {
  ComparedAspect,
  MappingDocument,
  OpenFileDocument,
  ProcessDifference,
  ProcessDocument,
  SocketDocument,
} from '../../documents/index.ts'
import { byName, compareKeyed } from './compare-keyed.ts'
import { compareValues } from './compare-values.ts'
import { knownProperties } from './known-properties.ts'
import type { IsLost } from './lost-parts.ts'
import { nameMappings } from './match-mappings.ts'
import type { ProcessMatch } from './match-processes.ts'

export interface ProcessComparison {
  readonly aspects: ReadonlySet<ComparedAspect>
  /** Else inodes, the parents' PIDs and the like say nothing: they differ between any two containers. */
  readonly sameContainer: boolean
  /** What is lost on one side is not compared. */
  readonly isLost: IsLost
}

/** What differs between two processes, but for the contents of their memory. */
export function compareProcess({ a, b, by }: ProcessMatch, comparison: ProcessComparison): ProcessDifference {
  const { aspects, sameContainer, isLost } = comparison
  /** Of both, or of none. */
  const from = <Item>(
    aspect: ComparedAspect,
    inA: readonly Item[] | undefined,
    inB: readonly Item[] | undefined,
  ): readonly [a: readonly Item[], b: readonly Item[]] =>
    aspects.has(aspect) && inA && inB ? [inA, inB] : [[], []]
  const [mappingsOfA, mappingsOfB] = nameMappings(
    ...knownMappings(...from('mappings', a.memory?.mappings, b.memory?.mappings), isLost),
  )
  const [envOfA, envOfB] = from('env', a.env, b.env)
  const [filesOfA, filesOfB] = from('descriptors', a.files, b.files)
  const [socketsOfA, socketsOfB] = from('sockets', a.sockets, b.sockets)
  const isPropertyKnown = knownProperties(a, b, isLost)
  const isKnown = knownDescriptors(a.files, b.files)
  const tablesLost = isLost(fileTables)
  return {
    a: identify(a),
    b: identify(b),
    matchedBy: by,
    values: aspects.has('processes')
      ? compareValues(
          comparableValues(a, sameContainer, isPropertyKnown),
          comparableValues(b, sameContainer, isPropertyKnown),
        )
      : [],
    env: compareKeyed(variables(envOfA), variables(envOfB)),
    descriptors: compareKeyed(
      descriptors(filesOfA.filter(isKnown), sameContainer),
      descriptors(filesOfB.filter(isKnown), sameContainer),
      tablesLost ? isSameBesideTables : undefined,
    ),
    sockets: compareKeyed(
      socketsByNumber(socketsOfA.filter(isKnown), sameContainer),
      socketsByNumber(socketsOfB.filter(isKnown), sameContainer),
      isLost(/^sk-queues\.img$/) ? isSameBesideQueue : undefined,
    ),
    mappings: compareKeyed(mappingsOfA, mappingsOfB, (x, y) => isSameMapping(x, y, tablesLost)),
  }
}

/** A process that the other side lacks. */
export const loneProcess = (process: ProcessDocument, side: 'a' | 'b'): ProcessDifference => ({
  [side]: identify(process),
  values: [],
  env: [],
  descriptors: [],
  sockets: [],
  mappings: [],
})

/** Whether there is anything in it but which processes it is about. */
export const hasDifferences = ({
  a,
  b,
  values,
  env,
  descriptors,
  sockets,
  mappings,
  memory,
}: ProcessDifference): boolean =>
  !a ||
  !b ||
  memory !== undefined ||
  [values, env, descriptors, sockets, mappings].some(({ length }) => length > 0)

function identify({ pid, ppid, comm, exe, args }: ProcessDocument): NonNullable<ProcessDifference['a']> {
  return { pid, ppid, comm, ...(exe !== undefined && { exe }), ...(args && { args }) }
}

/** The process's own properties. Between two containers, PIDs and the path of the control group are chance. */
function comparableValues(
  process: ProcessDocument,
  sameContainer: boolean,
  isKnown: (property: string) => boolean,
): object {
  const { env, files, sockets, memory, threads, pid, ppid, pgid, sid, cgroup, ...values } = process
  return {
    ...Object.fromEntries(Object.entries(values).filter(([property]) => isKnown(property))),
    threads: threads.length,
    ...(memory &&
      isKnown('memory') && { mappedBytes: memory.mappedBytes, presentBytes: memory.presentBytes }),
    ...(sameContainer && { ppid, pgid, sid, ...(isKnown('cgroup') && { cgroup }) }),
  }
}

function variables(env: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    env.map((variable) => {
      const [name = ''] = variable.split('=', 1)
      return [name, variable.slice(name.length + 1)] as const
    }),
  )
}

/** Without sockets, which are compared by themselves. Between two containers, inodes are chance. */
function descriptors(
  files: readonly OpenFileDocument[],
  sameContainer: boolean,
): ReadonlyMap<string, OpenFileDocument> {
  const comparable = ({ path, details, ...file }: OpenFileDocument): OpenFileDocument => ({
    ...file,
    path: path.replace(/:\[\d+\]$/, ''),
  })
  const others = files.filter(({ type }) => type !== 'socket')
  return byName(sameContainer ? others : others.map(comparable), ({ fd }) => `${fd}`)
}

function socketsByNumber(
  sockets: readonly SocketDocument[],
  sameContainer: boolean,
): ReadonlyMap<string, SocketDocument> {
  const comparable = ({ inode, peerInode, ...socket }: SocketDocument): SocketDocument => socket
  return byName(sameContainer ? sockets : sockets.map(comparable), ({ fd }) => `${fd}`)
}

/** Beside `files.img`, what a descriptor's path and contents are known from. */
const fileTables = /^(remap-fpath|memfd|tty-info|tty-data|pipes-data|fifo-data)\.img$/

function isSameBesideTables(a: OpenFileDocument, b: OpenFileDocument): boolean {
  const comparable = ({ path, deleted, sizeBytes, queuedBytes, details, ...file }: OpenFileDocument) => file
  return isDeepStrictEqual(comparable(a), comparable(b))
}

function isSameBesideQueue(a: SocketDocument, b: SocketDocument): boolean {
  const comparable = ({ receiveQueueBytes, ...socket }: SocketDocument) => socket
  return isDeepStrictEqual(comparable(a), comparable(b))
}

/** Whether both know what a descriptor is of, if they have it. */
function knownDescriptors(
  a: readonly OpenFileDocument[] = [],
  b: readonly OpenFileDocument[] = [],
): (descriptor: { readonly fd: number }) => boolean {
  const unknown = new Set([...a, ...b].flatMap(({ fd, type }) => (type === 'unknown' ? [fd] : [])))
  return ({ fd }) => !unknown.has(fd)
}

/** Those of files only where both know their paths. */
function knownMappings(
  a: readonly MappingDocument[],
  b: readonly MappingDocument[],
  isLost: IsLost,
): readonly [a: readonly MappingDocument[], b: readonly MappingDocument[]] {
  const isOfFile = ({ offset }: MappingDocument) => offset !== undefined
  if (!isLost(/^(files|memfd)\.img$/)) return [a, b]
  return [a.filter((mapping) => !isOfFile(mapping)), b.filter((mapping) => !isOfFile(mapping))]
}

/** Where the kernel put it is chance, and how much of it there is, the memory as a whole tells. */
function isSameMapping(a: MappingDocument, b: MappingDocument, tablesLost: boolean): boolean {
  const comparable = ({ start, end, permissions, path, offset, deleted }: MappingDocument) => [
    BigInt(end) - BigInt(start),
    permissions,
    path,
    offset,
    !tablesLost && deleted,
  ]
  return isDeepStrictEqual(comparable(a), comparable(b))
}
