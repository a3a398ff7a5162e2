import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createZstdCompress } from 'node:zlib'
import { fixture } from '@kubectl-checkpoint/test-support'
import { cacheFolder, madeOnce } from './cache.ts'
import { growPages } from './grown-pages.ts'
import { addMapping } from './memory.ts'
import { multiplyProcesses } from './multiply-processes.ts'

const gibibyte = 2 ** 30

/** The miner's archive with 1 GiB of memory more in each of its two processes. */
export const largeArchive = (): Promise<string> =>
  madeOnce('large-1.tar', (path) =>
    changeArchive(path, async (folder) => {
      const images = join(folder, 'checkpoint')
      for (const pid of [1, 7]) {
        const { pagesId, offset } = await addMapping(images, pid, gibibyte)
        await growPages(join(images, `pages-${pagesId}.img`), offset, gibibyte)
      }
    }),
  )

/** The same as Podman compresses it. */
export const largeZstdArchive = async (): Promise<string> => {
  const plain = await largeArchive()
  return madeOnce('large-1.tar.zst', (path) =>
    pipeline(
      createReadStream(plain, { highWaterMark: 1024 * 1024 }),
      createZstdCompress({ chunkSize: 1024 * 1024 }),
      createWriteStream(path),
    ),
  )
}

export const archiveOfProcesses = (count: number): Promise<string> =>
  madeOnce(`processes-1-${count}.tar`, (path) =>
    changeArchive(path, (folder) => multiplyProcesses(join(folder, 'checkpoint'), count)),
  )

/** The miner's archive with so many small volumes. */
export const archiveOfEntries = (count: number): Promise<string> =>
  madeOnce(`entries-1-${count}.tar`, (path) =>
    changeArchive(path, async (folder) => {
      await mkdir(join(folder, 'volumes'))
      for (let index = 0; index < count; index += 1) {
        await writeFile(join(folder, 'volumes', `${index}.tar`), Buffer.alloc(512 + (index % 1024)))
      }
    }),
  )

const run = promisify(execFile)

/** Unpacks the miner's archive, changes its files, and packs them in the order of their names. */
async function changeArchive(path: string, change: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(cacheFolder, 'unpacked-'))
  try {
    await run('tar', ['-xf', fixture('containerd-miner'), '-C', folder])
    await change(folder)
    const names = (await readdir(folder)).sort()
    await run('tar', ['-cf', path, '--sort=name', '-C', folder, '--', ...names])
  } finally {
    await rm(folder, { recursive: true })
  }
}
