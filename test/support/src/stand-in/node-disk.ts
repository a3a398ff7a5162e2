import { posix } from 'node:path'

export interface NodeFile {
  readonly bytes: Uint8Array
  readonly modified: Date
  readonly inode: number
}

/** The files of a node, by absolute path. */
export class NodeDisk {
  #files = new Map<string, NodeFile>()
  #nextInode = 100
  /** The node's clock. */
  readonly now: () => Date

  constructor(now: () => Date) {
    this.now = now
  }

  /**
   * Writes as both runtimes do, over what is there and without truncating it: of a longer file that was there
   * before, the end stays.
   */
  write(path: string, bytes: Uint8Array, modified = this.now()): void {
    const older = this.#files.get(path)
    const rest = older?.bytes.subarray(bytes.byteLength)
    this.#files.set(path, {
      bytes: rest?.byteLength ? Buffer.concat([bytes, rest]) : bytes,
      modified,
      inode: older?.inode ?? this.#nextInode++,
    })
  }

  /** Puts a new file of that name there, as `mv` does. */
  replace(path: string, bytes: Uint8Array): void {
    this.remove(path)
    this.write(path, bytes)
  }

  remove(path: string): void {
    this.#files.delete(path)
  }

  find(path: string): NodeFile | undefined {
    return this.#files.get(posix.normalize(path))
  }

  /** The names in a folder, sorted. */
  names(folder: string): string[] {
    const paths = [...this.#files.keys()].filter((path) => posix.dirname(path) === posix.normalize(folder))
    return paths.map((path) => posix.basename(path)).sort()
  }
}
