import {
  type FileEntry,
  fifoDataImage,
  filesImage,
  type Memfd,
  memfdsImage,
  pipeDataImage,
  type Remap,
  remapImage,
  sharedMemorySegmentsImage,
  socketQueuesImage,
  type Terminal,
  terminalInputImage,
  terminalsImage,
} from '../../formats/criu/index.ts'
import type { Archive } from '../archive/index.ts'
import type { PartReader } from './read-part.ts'

/** What descriptors and mappings of all processes refer to. */
export interface FileTables {
  /** By ID. */
  readonly files: ReadonlyMap<number, FileEntry>
  /** What stands in for files that have no path any more, by the files' ID. */
  readonly remaps: ReadonlyMap<number, Remap>
  readonly memfds: ReadonlyMap<number, Memfd>
  readonly terminals: ReadonlyMap<number, Terminal>
  /** Bytes that wait in pipes and FIFOs, by the pipe's ID. */
  readonly pipeQueues: ReadonlyMap<number, number>
  /** Bytes that wait in terminals, by the number by which files name the terminal. */
  readonly terminalQueues: ReadonlyMap<number, number>
  /** Bytes that wait to be received by sockets without a stream, by the file's ID. */
  readonly socketQueues: ReadonlyMap<number, number>
  /** Keys of shmget(2), by the shared memory's ID. */
  readonly systemVKeys: ReadonlyMap<number, number>
}

/** Reads the tables that the archive has, each in a read or two; one that is broken is reported, and empty. */
export async function readFileTables(archive: Archive, { find }: PartReader): Promise<FileTables> {
  const segments = await Array.fromAsync(
    archive.images.filter(({ name }) => name.startsWith('ipcns-shm-')),
    async ({ name }) => (await find(name, sharedMemorySegmentsImage)) ?? [],
  )
  return {
    files: (await find('files', filesImage)) ?? new Map(),
    remaps: (await find('remap-fpath', remapImage)) ?? new Map(),
    memfds: (await find('memfd', memfdsImage)) ?? new Map(),
    terminals: (await find('tty-info', terminalsImage)) ?? new Map(),
    pipeQueues: sumUp([
      ...((await find('pipes-data', pipeDataImage)) ?? []).map(
        ({ pipeId, content }) => [pipeId, content] as const,
      ),
      ...((await find('fifo-data', fifoDataImage)) ?? []).map(
        ({ pipeId, content }) => [pipeId, content] as const,
      ),
    ]),
    terminalQueues: sumUp(
      ((await find('tty-data', terminalInputImage)) ?? []).map(
        ({ terminalId, bytes }) => [terminalId, bytes] as const,
      ),
    ),
    socketQueues: sumUp(
      ((await find('sk-queues', socketQueuesImage)) ?? []).map(
        ({ fileId, content }) => [fileId, content] as const,
      ),
    ),
    systemVKeys: new Map(segments.flat().map(({ id, key }) => [id, key])),
  }
}

type Waiting = readonly [id: number, content: { readonly length: number }]

function sumUp(waiting: readonly Waiting[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  for (const [id, { length }] of waiting) sums.set(id, (sums.get(id) ?? 0) + length)
  return sums
}
