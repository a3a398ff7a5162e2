import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import {
  countingSource,
  memorySource,
  openLocalFile,
  openSpool,
  prefetching,
  readAhead,
  readLocalFolder,
  slice,
} from '@kubectl-checkpoint/core/bytes'
import { systemClock } from '@kubectl-checkpoint/core/clock'
import { openRepository, parseImageReference } from '@kubectl-checkpoint/core/remote/registry'
import { craftOciImage, digestOf } from '@kubectl-checkpoint/test-support'
import { startStandInRegistry } from '@kubectl-checkpoint/test-support/stand-in'
import { byteSourceContract, contractBytes } from './byte-source.ts'

const nothing = async () => {}

byteSourceContract('memorySource', async () => ({ source: memorySource(contractBytes), close: nothing }))

byteSourceContract('slice', async () => {
  const padded = new Uint8Array(contractBytes.length + 200).fill(0xee)
  padded.set(contractBytes, 100)
  return { source: slice(memorySource(padded), 100, contractBytes.length), close: nothing }
})

byteSourceContract('readAhead', async () => ({
  source: readAhead(memorySource(contractBytes), { windowLength: 4096, windows: 3 }),
  close: nothing,
}))

byteSourceContract('prefetching', async () => {
  const source = prefetching(memorySource(contractBytes))
  await source.prefetch([
    { offset: 0, length: 512 },
    { offset: 100_000, length: 70_000 },
  ])
  return { source, close: nothing }
})

byteSourceContract('countingSource', async () => ({
  source: countingSource(memorySource(contractBytes)),
  close: nothing,
}))

byteSourceContract('openLocalFile', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'byte-source-'))
  await writeFile(join(folder, 'file'), contractBytes)
  const source = await openLocalFile(join(folder, 'file'))
  return {
    source,
    async close() {
      await source[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
})

byteSourceContract('readLocalFolder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'byte-source-'))
  for (let start = 0; start < contractBytes.length; start += 50_000) {
    const name = String(start).padStart(6, '0')
    await writeFile(join(folder, name), contractBytes.subarray(start, start + 50_000))
  }
  const { source } = await readLocalFolder(folder)
  return { source, close: () => rm(folder, { recursive: true }) }
})

byteSourceContract('openSpool', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'byte-source-'))
  const source = await openSpool(memorySource(zstdCompressSync(contractBytes)), 'zstd', { folder })
  return {
    source,
    async close() {
      await source[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
})

byteSourceContract('a blob in a registry', async () => {
  const { blobs } = craftOciImage([contractBytes])
  const registry = await startStandInRegistry({ blobs, tags: {} })
  const repository = openRepository(parseImageReference(`${registry.host}/shop/web`), {
    env: {},
    homeDirectory: '/nonexistent',
    clock: systemClock,
  })
  const descriptor = {
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
    digest: digestOf(contractBytes),
    size: contractBytes.length,
    annotations: {},
  }
  return {
    source: repository.blob(descriptor),
    async close() {
      await repository[Symbol.asyncDispose]()
      await registry[Symbol.asyncDispose]()
    },
  }
})
