import { type ByteSource, checkRange, type Span } from '../../bytes/index.ts'
import { skimTar } from '../../formats/tar/index.ts'
import type { ArchiveEntry } from './archive.ts'

// Together at most what prefetching keeps of an archive that isn't compressed.
const capacity = 64 * 1024 * 1024
const maxWholeLength = 16 * 1024 * 1024
/** A process's arguments and environment stand at the top of its memory, thus at the end of its pages. */
const pagesTailLength = 64 * 1024

/**
 * What an archive holds beside memory and large files, from its bytes in their order. Reads of the rest go to
 * `otherwise`, which is asked for once, when the first of them comes.
 */
export async function skimArchive(
  chunks: AsyncIterator<Uint8Array>,
  label: string,
  otherwise: () => Promise<ByteSource>,
): Promise<ByteSource> {
  const { size, kept } = await skimTar(chunks, label, spanToKeep, capacity)
  let rest: Promise<ByteSource> | undefined
  return {
    label,
    size,
    async read(offset, length, options) {
      options?.signal?.throwIfAborted()
      checkRange({ label, size }, offset, length)
      const bytes = kept.find({ offset, length })
      if (bytes || length === 0) return bytes ?? new Uint8Array()
      rest ??= otherwise()
      return (await rest).read(offset, length, options)
    },
  }
}

function spanToKeep({ name, size }: ArchiveEntry): Span | undefined {
  if (/(^|\/)pages-[0-9]+\.img$/.test(name)) {
    const length = Math.min(size, pagesTailLength)
    return { offset: size - length, length }
  }
  return size <= maxWholeLength ? { offset: 0, length: size } : undefined
}
