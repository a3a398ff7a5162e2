import type { MappingDocument, ProcessDocument } from '../../../documents/index.ts'
import type { Oddity } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

/** The mappings of all processes that a test holds for, one a file or, for anonymous memory, one a process. */
export function* findMappings(
  processes: readonly ProcessDocument[],
  isOdd: (mapping: MappingDocument, process: ProcessDocument) => boolean,
): Generator<Oddity> {
  for (const process of processes) {
    for (const mapping of process.memory?.mappings ?? []) {
      if (!isOdd(mapping, process)) continue
      const { start, end, permissions, path, deleted } = mapping
      const unnamed = isOfUnknownFile(mapping) ? 'a file that could not be read' : 'anonymous memory'
      const what = path === undefined ? unnamed : `${clip(path)}${deleted ? ' (deleted)' : ''}`
      yield {
        pid: process.pid,
        place: path ?? `${unnamed} of PID ${process.pid}`,
        evidence: `${nameProcess(process)}: ${start}-${end} ${permissions} ${what}`,
      }
    }
  }
}

export const isExecutable = ({ permissions }: MappingDocument): boolean => permissions[2] === 'x'
export const isWritable = ({ permissions }: MappingDocument): boolean => permissions[1] === 'w'
/** Of a file whose path could not be read. */
const isOfUnknownFile = ({ path, offset }: MappingDocument): boolean =>
  path === undefined && offset !== undefined
/** Of memory that no file is behind, the kernel's own parts aside. */
export const isAnonymous = (mapping: MappingDocument): boolean => {
  const { path } = mapping
  if (path === undefined) return !isOfUnknownFile(mapping)
  return path === '[heap]' || path.startsWith('[stack') || path.startsWith('[anon')
}
