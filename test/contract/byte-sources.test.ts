import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countingSource, memorySource, openLocalFile, readAhead, slice } from '@kubectl-checkpoint/core/bytes'
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
