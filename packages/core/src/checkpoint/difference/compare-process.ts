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
      descriptors(from('descriptors', a.files), sameContainer),
      descriptors(from('descriptors', b.files), sameContainer),
    ),
    sockets: compareKeyed(
      socketsByNumber(from('sockets', a.sockets), sameContainer),
      socketsByNumber(from('sockets', b.sockets), sameContainer),
    ),
    mappings: compareKeyed(mappingsOfA, mappingsOfB, isSameMapping),
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

/** Where the kernel put it is chance, and how much of it there is, the memory as a whole tells. */
function isSameMapping(a: MappingDocument, b: MappingDocument): boolean {
  const comparable = ({ start, end, permissions, path, offset, deleted }: MappingDocument) => [
    BigInt(end) - BigInt(start),
    permissions,
    path,
    offset,
    deleted,
  ]
  return isDeepStrictEqual(comparable(a), comparable(b))
}
