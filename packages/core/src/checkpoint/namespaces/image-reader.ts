import type { ByteSource, ReadOptions } from '../../bytes/index.ts'
import { CriuError, type ImageKind, readImage } from '../../formats/criu/index.ts'
import { type Archive, type ReportUnreadable, unlessUnreadable } from '../archive/index.ts'

/** Reads images that an archive may lack; what is broken is reported, and then as absent as what isn't there. */
export interface ImageReader {
  read<Value>(name: string, kind: ImageKind<Value>): Promise<Value | undefined>
  /** Makes a value of an image's bytes, all of them. */
  readBytes<Value>(
    name: string,
    parse: (bytes: Uint8Array, where: string) => Value,
  ): Promise<Value | undefined>
}

// Texts of firewalls and contents of IPC are far smaller, and each is in memory whole.
const maxLength = 4 * 1024 * 1024

export function imageReader(archive: Archive, report: ReportUnreadable, options: ReadOptions): ImageReader {
  const reading = async <Value>(name: string, step: (source: ByteSource) => Promise<Value>) => {
    const source = archive.findImage(name)
    return source && unlessUnreadable(`${name}.img`, report, () => step(source))
  }
  return {
    read: (name, kind) => reading(name, (source) => readImage(kind, source, options)),
    readBytes: (name, parse) =>
      reading(name, async (source) => {
        if (source.size > maxLength) {
          throw new CriuError('IMAGE_TOO_LARGE', `${source.label}: an image of ${source.size} bytes`)
        }
        return parse(await source.read(0, source.size, options), source.label)
      }),
  }
}
