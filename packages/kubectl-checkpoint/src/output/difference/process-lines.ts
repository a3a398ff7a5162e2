import type {
  MappingDocument,
  MappingPages,
  OpenFileDocument,
  ProcessDifference,
  SocketDocument,
} from '@kubectl-checkpoint/core/documents'
import { bytes } from '../units.ts'
import { changedProperties, changedValue, changeLines, valueText } from './change-lines.ts'

/** A title, and a line for each thing that differs between two processes; of a lone one, the title says all. */
export function processLines(process: ProcessDifference): readonly string[] {
  const { a, b, values, env, descriptors, sockets, mappings, memory } = process
  if (!a || !b) return [`${a ? '-' : '+'} ${describe(a ?? b)}`]
  return [
    titleOf(process),
    ...[
      ...changeLines('', values, valueText, changedValue),
      ...changeLines('env', env, valueText),
      ...changeLines('fd', descriptors, describeFile, (a, b) => `${b.path}, ${changedProperties(a, b)}`),
      ...changeLines(
        'socket',
        sockets,
        describeSocket,
        (a, b) => `${describeSocket(b)}, ${changedProperties(a, b)}`,
      ),
      ...changeLines(
        'mapping',
        mappings,
        describeMapping,
        (a, b) => `${pathOf(b)}, ${changedProperties(a, b)}`,
      ),
      ...(memory?.mappings ?? []).map(memoryLine),
    ].map((line) => `  ${line}`),
  ]
}

/** Both PIDs where they aren't the same, and why these processes are taken for one. */
function titleOf({ a, b, matchedBy }: ProcessDifference): string {
  const reasons = { pid: '', place: ', by its place in the tree', program: ', by its program and arguments' }
  const there = a?.pid === b?.pid ? '' : `, there ${b?.pid}${reasons[matchedBy ?? 'pid']}`
  return `~ ${describe(a)}${there}`
}

function describe(process: ProcessDifference['a']): string {
  if (!process) return ''
  const { pid, comm, args } = process
  return [
    `process ${pid}`,
    comm,
    // Programs that change their title fill the rest of it with spaces.
    ...(args ? [`(${args.join(' ').trimEnd()})`] : []),
  ].join(' ')
}

const describeFile = ({ type, path, deleted, access }: OpenFileDocument): string =>
  [type, `${path}${deleted ? ' (deleted)' : ''}`, access].filter((part) => part !== undefined).join(' ')

const describeSocket = ({ protocol, state, local, remote, path }: SocketDocument): string =>
  [protocol, state, local ?? path, remote && `↔ ${remote}`].filter((part) => part !== undefined).join(' ')

const pathOf = ({ path = 'anonymous' }: { readonly path?: string | undefined }): string => path

const describeMapping = ({ start, end, permissions, path }: MappingDocument): string =>
  `${start}-${end} ${permissions} ${pathOf({ path })}, ${bytes(Number(BigInt(end) - BigInt(start)))}`

function memoryLine({ path, permissions, startInA, startInB, ...pages }: MappingPages): string {
  const { equalPages, changedPages, onlyInA, onlyInB } = pages
  const place = startInA === startInB ? startInA : `${startInA}, there ${startInB}`
  const counts = [
    `${changedPages} of ${equalPages + changedPages} pages differ`,
    onlyInA > 0 ? `${onlyInA} only in a` : undefined,
    onlyInB > 0 ? `${onlyInB} only in b` : undefined,
  ]
  return `~ memory ${pathOf({ path })} ${permissions} at ${place}: ${counts.filter((part) => part !== undefined).join(', ')}`
}
