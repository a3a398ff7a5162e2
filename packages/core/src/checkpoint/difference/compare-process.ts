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
import { nameMappings } from './match-mappings.ts'
import type { ProcessMatch } from './match-processes.ts'

export interface ProcessComparison {
  readonly aspects: ReadonlySet<ComparedAspect>
  /** Else inodes, the parents' PIDs and the like say nothing: they differ between any two containers. */
  readonly sameContainer: boolean
}

/** What differs between two processes, but for the contents of their memory. */
export function compareProcess({ a, b, by }: ProcessMatch, comparison: ProcessComparison): ProcessDifference {
  const { aspects, sameContainer } = comparison
  const from = <Item>(aspect: ComparedAspect, items: readonly Item[] = []): readonly Item[] =>
    aspects.has(aspect) ? items : []
  const [mappingsOfA, mappingsOfB] = nameMappings(
    from('mappings', a.memory?.mappings),
    from('mappings', b.memory?.mappings),
  )
  return {
    a: identify(a),
    b: identify(b),
    matchedBy: by,
    values: aspects.has('processes')
      ? compareValues(comparableValues(a, sameContainer), comparableValues(b, sameContainer))
      : [],
    env: compareKeyed(variables(from('env', a.env)), variables(from('env', b.env))),
    descriptors: compareKeyed(
      descriptors(from('descriptors', a.files)),
      descriptors(from('descriptors', b.files)),
      equalAs((file) => comparableFile(file, sameContainer)),
    ),
    sockets: compareKeyed(
      byName(from('sockets', a.sockets), ({ fd }) => `${fd}`),
      byName(from('sockets', b.sockets), ({ fd }) => `${fd}`),
      equalAs((socket) => comparableSocket(socket, sameContainer)),
    ),
    mappings: compareKeyed(mappingsOfA, mappingsOfB, equalAs(comparableMapping)),
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

const equalAs =
  <Value>(comparable: (value: Value) => unknown) =>
  (a: Value, b: Value): boolean =>
    isDeepStrictEqual(comparable(a), comparable(b))

/** The process's own properties. Between two containers, PIDs and the path of the control group are chance. */
function comparableValues(process: ProcessDocument, sameContainer: boolean): object {
  const { env, files, sockets, memory, threads, pid, ppid, pgid, sid, cgroup, ...values } = process
  return {
    ...values,
    threads: threads.length,
    ...(memory && { mappedBytes: memory.mappedBytes, presentBytes: memory.presentBytes }),
    ...(sameContainer && { ppid, pgid, sid, cgroup }),
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

const descriptors = (files: readonly OpenFileDocument[]): ReadonlyMap<string, OpenFileDocument> =>
  byName(
    files.filter(({ type }) => type !== 'socket'),
    ({ fd }) => `${fd}`,
  )

function comparableFile({ path, details, ...file }: OpenFileDocument, sameContainer: boolean): object {
  return sameContainer
    ? { ...file, path, details }
    : { ...file, path: path.replace(/^(pipe|socket):\[\d+\]$/, '$1') }
}

function comparableSocket({ inode, peerInode, ...socket }: SocketDocument, sameContainer: boolean): object {
  return sameContainer ? { ...socket, inode, peerInode } : socket
}

/** How much of it is there is told of the memory as a whole. */
function comparableMapping({ start, end, permissions, path, offset, deleted }: MappingDocument): object {
  return { length: BigInt(end) - BigInt(start), permissions, path, offset, deleted }
}
