import type { ArchivedImage, ArchiveEntry, ArchiveSizes } from './archive.ts'

export function measureArchive(
  archive: number,
  entries: readonly ArchiveEntry[],
  imagesFolder: string,
  images: readonly ArchivedImage[],
): ArchiveSizes {
  const memory = sum(images.filter(({ name }) => /^pages-[0-9]+$/.test(name)).map(({ entry }) => entry))
  const among = (belongs: (name: string) => boolean) => sum(entries.filter(({ name }) => belongs(name)))
  return {
    archive,
    memory,
    images: among((name) => name.startsWith(imagesFolder)) - memory,
    rootfsDiff: among((name) => name === 'rootfs-diff.tar'),
    volumes: among((name) => name.startsWith('volumes/')),
  }
}

const sum = (entries: readonly ArchiveEntry[]): number => entries.reduce((total, { size }) => total + size, 0)
