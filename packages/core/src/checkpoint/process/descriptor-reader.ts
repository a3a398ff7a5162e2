import type { OpenFileDocument, SocketDocument } from '../../documents/index.ts'
import { descriptorsImage, type FileEntry, type TcpStream, tcpStreamImage } from '../../formats/criu/index.ts'
import type { ReportUnreadable } from '../archive/index.ts'
import { describeFile } from './describe-file.ts'
import { describeSocket } from './describe-socket.ts'
import type { FileTables } from './file-tables.ts'
import type { PartReader } from './read-part.ts'

export interface Descriptors {
  readonly files: readonly OpenFileDocument[]
  readonly sockets: readonly SocketDocument[]
}

// Linux allows as many for each process unless it's told otherwise. A crafted archive may let thousands share one table.
const maxDescriptors = 1_048_576

/**
 * A function that reads a table of descriptors, `fdinfo-ID.img`; each once, though processes share it. Undefined where
 * it can't be read, or where all processes' so far are over a million: that is reported.
 */
export function descriptorReader(
  tables: FileTables,
  parts: PartReader,
  report: ReportUnreadable,
): (id: number) => Promise<Descriptors | undefined> {
  const known = new Map<number, Descriptors | undefined>()
  let left = maxDescriptors
  const streamOf = (file: FileEntry): Promise<TcpStream | undefined> | undefined =>
    file.kind === 'socket' && (file.family === 'inet' || file.family === 'inet6') && file.state !== 'LISTEN'
      ? parts.find(`tcp-stream-${file.inode.toString(16)}`, tcpStreamImage)
      : undefined
  const reportSurplus = (id: number) => {
    const message = `over ${maxDescriptors} descriptors in all; those of some processes are left out`
    report({ entry: `fdinfo-${id}.img`, code: 'IMAGE_TOO_LARGE', message })
  }
  const read = async (id: number): Promise<Descriptors | undefined> => {
    const descriptors = await parts.demand(`fdinfo-${id}`, descriptorsImage)
    if (!descriptors) return undefined
    if (descriptors.length > left) {
      reportSurplus(id)
      return undefined
    }
    const files: OpenFileDocument[] = []
    const sockets: SocketDocument[] = []
    for (const descriptor of descriptors.toSorted((a, b) => a.fd - b.fd)) {
      const file = tables.files.get(descriptor.fileId) ?? { id: descriptor.fileId, flags: 0, kind: 'unknown' }
      files.push(describeFile(descriptor, file, tables))
      if (file.kind !== 'socket') continue
      sockets.push(describeSocket(descriptor.fd, file, tables, await streamOf(file)))
    }
    return { files, sockets }
  }
  return async (id) => {
    if (!known.has(id)) known.set(id, await read(id))
    const found = known.get(id)
    if (!found) return undefined
    left -= found.files.length
    if (left >= 0) return found
    known.set(id, undefined)
    reportSurplus(id)
    return undefined
  }
}
