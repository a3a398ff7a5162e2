import { deepEqual, equal, ok } from 'node:assert/strict'
import { openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { openArchive, type UnreadablePart } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readStats } from '@kubectl-checkpoint/core/checkpoint/container'
import { craftTar, fixture, virtualSource } from '@kubectl-checkpoint/test-support'
import { metadataEntries } from '../craft-metadata.ts'

describe('readStats', () => {
  it('gives what CRIU counted', async () => {
    await using file = await openLocalFile(fixture('containerd-miner'))
    const stats = await readStats(await openArchive(file), () => ok(false))
    // Two images of pages with 2,187,264 and 2,183,168 bytes.
    equal(stats?.pagesWritten, (2187264 + 2183168) / 4096)
    equal((stats?.frozenTimeMicroseconds ?? 0) > (stats?.memoryDumpTimeMicroseconds ?? 0), true)
  })
  it('reports what is not what CRIU writes', async () => {
    const entries = [...metadataEntries(), { name: 'stats-dump', data: 'nothing of it' }]
    const unreadable: UnreadablePart[] = []
    const archive = await openArchive(virtualSource(craftTar(entries)))
    equal(await readStats(archive, (part) => unreadable.push(part)), undefined)
    deepEqual(
      unreadable.map(({ entry, code }) => [entry, code]),
      [['stats-dump', 'BAD_MAGIC']],
    )
  })
  it('gives nothing where there is none', async () => {
    const archive = await openArchive(virtualSource(craftTar(metadataEntries())))
    equal(await readStats(archive, () => ok(false)), undefined)
  })
})
