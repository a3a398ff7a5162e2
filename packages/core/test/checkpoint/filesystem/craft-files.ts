import { gzipSync } from 'node:zlib'
import type { ByteSource } from '@kubectl-checkpoint/core/bytes'
import { type CraftedEntry, craftTar, type Part, virtualSource } from '@kubectl-checkpoint/test-support'
import { file_entry } from '../../../src/formats/criu/messages/files.ts'
import {
  ghost_chunk_entry,
  ghost_file_entry,
  remap_file_path_entry,
} from '../../../src/formats/criu/messages/hidden-files.ts'
import { memfd_inode_entry } from '../../../src/formats/criu/messages/memory.ts'
import { mnt_entry } from '../../../src/formats/criu/messages/mounts.ts'
import { pagemap_entry, pagemap_head } from '../../../src/formats/criu/messages/page-map.ts'
import { type Crafted, craftImage, craftMessage } from '../../formats/criu/craft-image.ts'
import { configDump, metadataEntries, specDump } from '../craft-metadata.ts'

/** The bytes of a tar archive, for an entry of another. */
export const innerTar = (entries: readonly CraftedEntry[]): readonly Part[] => craftTar(entries)

/** The same, as containerd and CRIU compress theirs. */
export const gzippedTar = (entries: readonly CraftedEntry[]): Uint8Array =>
  gzipSync(
    Buffer.concat(craftTar(entries).map((part) => (typeof part === 'number' ? Buffer.alloc(part) : part))),
  )

/** An archive of containerd's with these entries. */
export const containerdArchive = (entries: readonly CraftedEntry[]): ByteSource =>
  virtualSource(craftTar([...metadataEntries(), ...entries]))

/** One of Podman's. */
export const podmanArchive = (entries: readonly CraftedEntry[], config: object = {}): ByteSource =>
  virtualSource(
    craftTar([
      ...metadataEntries(
        { ...configDump, ...config },
        { ...specDump, annotations: { 'io.container.manager': 'libpod' } },
      ),
      ...entries,
    ]),
  )

export const mountsImage = (mounts: readonly { device: number; mountPoint: string; root?: string }[]) => ({
  name: 'checkpoint/mountpoints-13.img',
  data: craftImage(
    0x55563928,
    mounts.map(({ device, mountPoint, root = '/' }, index) =>
      craftMessage(mnt_entry, { mnt_id: index, root_dev: device, root, mountpoint: mountPoint }),
    ),
  ),
})

/** `files.img` with these paths, of which the first has the ID 1. */
export const filesImage = (paths: readonly string[]) => ({
  name: 'checkpoint/files.img',
  data: craftImage(
    0x56303138,
    paths.map((name, index) =>
      craftMessage(file_entry, { type: 1, id: index + 1, reg: { id: index + 1, name } }),
    ),
  ),
})

/** `remap_type` 1 is a ghost, 0 a link. */
export const remapImage = (
  remaps: readonly Crafted<{ orig_id: number; remap_id: number; remap_type: number }>[],
) => ({
  name: 'checkpoint/remap-fpath.img',
  data: craftImage(
    0x59133954,
    remaps.map((remap) => craftMessage(remap_file_path_entry, remap)),
  ),
})

const regularFile = 0o100000

/** A ghost file without holes. */
export const ghostImage = (id: string, content: string, mode = regularFile | 0o600) => ({
  name: `checkpoint/ghost-file-${id}.img`,
  data: Buffer.concat([
    craftImage(0x52583605, [craftMessage(ghost_file_entry, { uid: 1000, gid: 1000, mode })]),
    Buffer.from(content),
  ]),
})

/** A ghost file of `size` bytes, of which these are no holes. */
export const sparseGhostImage = (
  id: string,
  size: number,
  chunks: readonly (readonly [number, string])[],
) => ({
  name: `checkpoint/ghost-file-${id}.img`,
  data: Buffer.concat([
    craftImage(0x52583605, [
      craftMessage(ghost_file_entry, { mode: regularFile | 0o644, chunks: true, size: BigInt(size) }),
    ]),
    ...chunks.flatMap(([offset, text]) => {
      const message = craftMessage(ghost_chunk_entry, { len: BigInt(text.length), off: BigInt(offset) })
      return [Buffer.from(Uint32Array.of(message.length).buffer), message, Buffer.from(text)]
    }),
  ]),
})

export interface CraftedMemfd {
  readonly name: string
  readonly size: number
  readonly shmid?: number
}

export const memfdImage = (memfds: readonly CraftedMemfd[]) => ({
  name: 'checkpoint/memfd.img',
  data: craftImage(
    0x48453499,
    memfds.map(({ name, size, shmid = 9 }, index) =>
      craftMessage(memfd_inode_entry, {
        name,
        size: BigInt(size),
        shmid,
        inode_id: BigInt(index + 1),
        mode: 0o777,
      }),
    ),
  ),
})

/** A page map of shared memory: `[address, pages, flags]`, 4 for pages that are stored. */
export const sharedPagesImage = (id: number, runs: readonly (readonly [bigint, bigint, number])[]) => ({
  name: `checkpoint/pagemap-shmem-${id}.img`,
  data: craftImage(0x56084025, [
    craftMessage(pagemap_head, { pages_id: id }),
    ...runs.map(([vaddr, nr_pages, flags]) => craftMessage(pagemap_entry, { vaddr, nr_pages, flags })),
  ]),
})
