import type { ReadOptions } from '../../bytes/index.ts'
import { type ImageKind, readImage } from '../../formats/criu/index.ts'
import { type Archive, type ReportUnreadable, unlessUnreadable } from '../archive/index.ts'

/** Reads images of an archive of which some may be broken. */
export interface PartReader {
  /** Undefined where the image is missing or broken, which is reported. */
  demand<Value>(name: string, kind: ImageKind<Value>): Promise<Value | undefined>
  /** The same for an image that needn't be there. */
  find<Value>(name: string, kind: ImageKind<Value>): Promise<Value | undefined>
}

export const partReader = (archive: Archive, report: ReportUnreadable, options: ReadOptions): PartReader => {
  const demand = <Value>(name: string, kind: ImageKind<Value>) =>
    unlessUnreadable(`${name}.img`, report, () => readImage(kind, archive.image(name), options))
  return {
    demand,
    find: async (name, kind) => (archive.findImage(name) ? demand(name, kind) : undefined),
  }
}
