import type { ReadOptions } from '../../bytes/index.ts'
import type { Archive } from '../../checkpoint/archive/index.ts'
import type { Inspection } from '../../documents/index.ts'
import { findRawImage, identifyImage } from '../../formats/criu/index.ts'

/** The images of an archive that CRIU 4.2 doesn't know. */
export async function findUnknownImages(
  archive: Archive,
  options: ReadOptions,
): Promise<Inspection['unknownImages']> {
  const unknown: { name: string; magic: string; sizeBytes: number }[] = []
  for (const { name, entry } of archive.images) {
    if (findRawImage(name) !== undefined) continue
    const source = archive.image(name)
    const identity = identifyImage(await source.read(0, Math.min(8, source.size), options))
    if (identity?.type) continue
    const magic = identity ? `0x${identity.magic.toString(16).padStart(8, '0')}` : ''
    unknown.push({ name, magic, sizeBytes: entry.size })
  }
  return unknown
}
