import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  countingSource,
  memorySource,
  openLocalFile,
  prefetching,
  readAhead,
  readLocalFolder,
  slice,
} from '@kubectl-checkpoint/core/bytes'
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
