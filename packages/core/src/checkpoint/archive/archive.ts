import type { ByteSource, ReadOptions, Span } from '../../bytes/index.ts'
import type { Engine } from '../engines/index.ts'
import type { UnreadablePart } from './unless-unreadable.ts'

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
  /** For Podman the pod's ID. */
  readonly pod?: string
  readonly namespace?: string
}

/** Bytes in the archive by what they are. */
export interface ArchiveSizes {
  readonly archive: number
  /** Memory: `pages-*.img`. */
  readonly memory: number
  /** Everything else of CRIU's. */
  readonly images: number
  /** What changed in the root filesystem. containerd compresses it. */
  readonly rootfsDiff: number
  /** Podman's named volumes. */
  readonly volumes: number
}

/** One file, folder or link of an archive. Its name and link are the archive's own words. */
export interface ArchiveEntry {
  /** Without leading `./` and trailing `/`. */
  readonly name: string
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'character-device' | 'block-device' | 'fifo'
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtimeSeconds: number
  readonly linkName?: string
}

export interface ArchiveEntries {
  /** In the archive's order, each name once. */
  readonly entries: readonly ArchiveEntry[]
  /** Finds an entry by name, `./` in front or `/` at the end notwithstanding. */
  find(name: string): ArchiveEntry | undefined
}

/** One of CRIU's images. */
export interface ArchivedImage {
  /** As `image` takes it: `core-1`, `pages-1`, `tmpfs-dev-206.tar.gz`. */
  readonly name: string
  readonly entry: ArchiveEntry
}

/** Bytes of `pages-ID.img`. */
export interface PagesPiece extends Span {
  readonly pagesId: number
}

/** The images of a dump. */
export interface ImageFiles {
  /**
   * The image `NAME.img`, wherever images lie in this kind of archive. For images that are small and read whole: what
   * wasn't prefetched comes through a read-ahead that all of them share, since they lie beside each other.
   * @throws {ArchiveError} ENTRY_MISSING
   */
  image(name: string): ByteSource
  /** The same, undefined where there is none. */
  findImage(name: string): ByteSource | undefined
  /** The memory in `pages-ID.img`; each read of it is one read of `source`. */
  findPages(id: number): ByteSource | undefined
  /** Those of an earlier dump in the same archive, which has the memory that did not change since. */
  readonly parent?: ImageFiles
}

/** An opened checkpoint archive. Nothing but its index and metadata is in memory. */
export interface Archive extends ImageFiles {
  /**
   * `pre-checkpoint`: Podman's, of memory alone, while the container went on running. `images`: what CRIU wrote and no
   * more, without an engine's description of the container.
   */
  readonly kind: 'checkpoint' | 'pre-checkpoint' | 'images'
  /** Absent where the archive shows no known engine's marks. */
  readonly engine?: Engine
  /** Absent if the archive is of the kind `images`. */
  readonly container?: ArchivedContainer
  /** The JSON of `config.dump`, whatever it holds beside what is in `container`: at most 4 MiB of text. */
  readonly config?: unknown
  /** The JSON of `spec.dump`, an OCI runtime specification, likewise; absent if it is damaged, too. */
  readonly spec?: unknown
  /** Parts that opening it needed, and went on without. */
  readonly unreadable: readonly UnreadablePart[]
  readonly entries: ArchiveEntries
  /** All images, in the archive's order. */
  readonly images: readonly ArchivedImage[]
  readonly source: ByteSource
  readonly sizes: ArchiveSizes
  /**
   * An entry's data; each read of it is one read of `source`.
   * @throws {ArchiveError} ENTRY_MISSING
   */
  entry(name: string): ByteSource
  /** An entry that is small and read whole, like an image; undefined where there is none. */
  findEntry(name: string): ByteSource | undefined
  /**
   * Brings the images that are wanted into memory, in reads of some 1 MiB at most for neighbours together, for `image`
   * to serve from. At most 64 MiB are kept; images for which there is no room are read when they are asked for.
   */
  prefetchImages(isWanted: (name: string) => boolean, options?: ReadOptions): Promise<void>
  /** The same for pieces of `pages-ID.img`, for the sources that `findPages` gives to serve from. */
  prefetchPages(pieces: readonly PagesPiece[], options?: ReadOptions): Promise<void>
}
