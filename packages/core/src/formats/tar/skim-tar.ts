import { ByteSourceError, forwardSource, type KeptBytes, keptBytes, type Span } from '../../bytes/index.ts'
import { TarError } from './errors.ts'
import { readTarIndex } from './read-tar-index.ts'
import type { TarEntry } from './tar-index.ts'

export interface SkimmedTar {
  readonly size: number
  /** Every header, and of each entry what was to be kept: in pieces as they will be asked for. */
  readonly kept: KeptBytes
}

/**
 * Lets a tar archive pass by, once and from its beginning, and keeps what will be asked for again. Also one that is
 * damaged: reading its index from what was kept says how.
 * @param keep Which of an entry's bytes to keep, as a span of its data.
 * @param capacity Bytes kept in all. What doesn't fit any more is not kept.
 */
export async function skimTar(
  chunks: AsyncIterator<Uint8Array>,
  label: string,
  keep: (entry: TarEntry) => Span | undefined,
  capacity: number,
): Promise<SkimmedTar> {
  const forward = forwardSource(chunks, label)
  const kept = keptBytes()
  const read = async (offset: number, length: number) => {
    const bytes = await forward.read(offset, length)
    kept.add(offset, bytes)
    return bytes
  }
  const onEntry = async (entry: TarEntry) => {
    const span = keep(entry)
    if (span && span.length > 0 && kept.length + span.length <= capacity) {
      await read(entry.offset + span.offset, span.length)
    }
  }
  try {
    await readTarIndex({ ...forward, read }, { onEntry })
  } catch (error) {
    const isDamage =
      error instanceof TarError || (error instanceof ByteSourceError && error.code === 'TRUNCATED')
    if (!isDamage) throw error
  }
  return { size: await forward.end(), kept }
}
