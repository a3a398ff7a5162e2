import type { TarEntry, TarIndex } from '../../formats/tar/index.ts'
import type { ArchiveSizes } from './archive.ts'

export function measureArchive(archive: number, { entries }: TarIndex): ArchiveSizes {
  const sum = (belongs: (name: string) => boolean) =>
    entries.reduce((total, { name, size }: TarEntry) => (belongs(name) ? total + size : total), 0)
  return {
    archive,
    memory: sum(isMemory),
    images: sum((name) => name.startsWith('checkpoint/') && !isMemory(name)),
    rootfsDiff: sum((name) => name === 'rootfs-diff.tar'),
    volumes: sum((name) => name.startsWith('volumes/')),
  }
}

const isMemory = (name: string): boolean => /^checkpoint\/pages-[0-9]+\.img$/.test(name)
