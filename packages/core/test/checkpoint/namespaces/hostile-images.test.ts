import { equal } from 'node:assert/strict'
import { type FolderEntry, readLocalFolder } from '@kubectl-checkpoint/core/bytes'
import { type Archive, openArchiveFolder } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readStats } from '@kubectl-checkpoint/core/checkpoint/container'
import { readCgroups, readMounts, readNamespaces } from '@kubectl-checkpoint/core/checkpoint/namespaces'
import { imageSet } from '@kubectl-checkpoint/test-support'

const set = 'sockets'
const ipcSet = 'namespaces'
const kinds =
  /^(pstree|ids|utsns|ipcns|netns|netdev|ifaddr|route6?|rule|ip6?tables|nftables|userns|timens|mountpoints|cgroup|stats)/

/** The images of a set, of which one byte or the length can be another. */
async function changeable(name: typeof set | typeof ipcSet) {
  const { source, entries } = await readLocalFolder(imageSet(name))
  const bytes = await source.read(0, source.size)
  const files = entries.filter((entry) => entry.type === 'file' && kinds.test(entry.name) && entry.size > 0)
  const open = (changed: Uint8Array, cut: FolderEntry | undefined, size: number): Promise<Archive> =>
    openArchiveFolder({
      source: {
        ...source,
        read: async (offset, length) => changed.slice(offset, offset + length),
      },
      entries: entries.map((entry) => (entry === cut ? { ...entry, size } : entry)),
    })
  return { bytes, files, open }
}

async function readAll(archive: Archive): Promise<void> {
  const report = ({ code }: { readonly code: string }) => equal(typeof code, 'string')
  await readNamespaces(archive, report)
  await readMounts(archive, [], report)
  await readCgroups(archive, report)
  await readStats(archive, report)
}

describe('images of namespaces, changed anywhere', () => {
  for (const name of [set, ipcSet] as const) {
    it(`of ${name} are read as far as they can be`, async () => {
      const { bytes, files, open } = await changeable(name)
      for (const file of files) {
        // In the magic word, in the length of the first message, and here and there in the rest.
        for (const at of [4, 8, ...[0.3, 0.7].map((part) => Math.floor(file.size * part))]) {
          if (at >= file.size) continue
          await readAll(await open(bytes.with(file.offset + at, 0xff), undefined, 0))
          await readAll(await open(bytes, file, at))
        }
      }
    })
  }
})
