import type { ByteSource } from '../../bytes/index.ts'
import type { TarIndex } from '../../formats/tar/index.ts'
import type { Engine } from '../engines/index.ts'

/** The checkpointed container, in the words of the archive: nothing here is safe for a terminal or a path. */
export interface ArchivedContainer {
  readonly id: string
  /** As in the pod; for Podman the container's own name. */
  readonly name: string
  /** The image as it was asked for. */
  readonly image?: string
  /** What it was: an image ID, or a name with a digest. */
  readonly imageRef?: string
  readonly runtime?: string
  readonly createdAt?: Date
  /** Absent in Podman's archives. */
  readonly checkpointedAt?: Date
  readonly pod?: string
  readonly namespace?: string
}

/** Bytes in the archive by what they are. */
export interface ArchiveSizes {
  readonly archive: number
  /** Memory: `checkpoint/pages-*.img`. */
  readonly memory: number
  /** Everything else of CRIU's. */
  readonly images: number
  /** What changed in the root filesystem. containerd compresses it. */
  readonly rootfsDiff: number
  /** Podman's named volumes. */
  readonly volumes: number
}

/** An opened checkpoint archive. Nothing but its index and metadata is in memory. */
export interface Archive {
  /** Absent where the archive shows no known engine's marks. */
  readonly engine?: Engine
  readonly container: ArchivedContainer
  readonly entries: TarIndex
  readonly source: ByteSource
  readonly sizes: ArchiveSizes
  /**
   * An entry's data; each read of it is one read of `source`.
   * @throws {ArchiveError} ENTRY_MISSING
   */
  entry(name: string): ByteSource
  /**
   * `checkpoint/NAME.img` for images that are small and read whole, through a read-ahead that all of them share:
   * they lie beside each other.
   * @throws {ArchiveError} ENTRY_MISSING
   */
  image(name: string): ByteSource
  /** The same, undefined where there is none. */
  findImage(name: string): ByteSource | undefined
}
