import type { ReadOptions } from '../../bytes/index.ts'
import type { ReportUnreadable } from '../archive/index.ts'
import type { FileContent } from './file-content.ts'
import type { FileAttributes, FileOrigin } from './file-node.ts'
import type { Inflater } from './inflated-source.ts'

/** A file of a part of the archive. */
export interface LayerFile extends FileAttributes {
  /** From where the layer is mounted. None: what is there itself. */
  readonly parts: readonly string[]
  readonly size: number
  /** The parts of another file of this layer. */
  readonly hardLinkTo?: readonly string[]
  readonly openContent?: (options?: ReadOptions) => Promise<FileContent>
}

/** A part of the archive that has files, and where in the container they are. */
export interface FileLayer {
  /** Files of the origin `ghost` don't exist any more, those of all others do. */
  readonly origin: FileOrigin
  /** Where the files are: in a folder of the container, or in a place of their own. */
  readonly mountPoint: { readonly parts: readonly string[] } | { readonly place: string }
  /** The entry's name in the archive. */
  readonly entry: string
  readonly files: readonly LayerFile[]
  /** What the container deleted of its image; it may have made something of the same name since. */
  readonly deleted?: readonly (readonly string[])[]
  /** Folders of which all was deleted that the image has in them. */
  readonly emptied?: readonly (readonly string[])[]
  /** Paths on which the engine mounted something, and for which it makes what isn't in the image. */
  readonly mountedOn?: readonly string[]
}

/** What all layers are read with. */
export interface LayerOptions extends ReadOptions {
  readonly inflater: Inflater
  readonly report: ReportUnreadable
}
