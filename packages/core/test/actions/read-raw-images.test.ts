import { deepEqual, equal, rejects } from 'node:assert/strict'
import { join } from 'node:path'
import { type ReadRawImagesRequest, readRawImages } from '@kubectl-checkpoint/core/actions'
import { fixture, imageSet, recordedCrit } from '@kubectl-checkpoint/test-support'
import { offline } from './support/offline.ts'

const loose = (name: string) => join(imageSet('processes'), name)

async function read(request: Partial<ReadRawImagesRequest>, signal = new AbortController().signal) {
  const images: { magic: string; count: number }[] = []
  const run = readRawImages(
    { images: [], pretty: true, payloads: true, ...request },
    async ({ magic, entries }) => {
      images.push({ magic, count: (await Array.fromAsync(entries)).length })
    },
    offline,
    { signal },
  )
  const { read, failures } = await run.result
  return { images, read, failures: failures.map(({ item, error }) => [item, error.code]) }
}

describe('readRawImages', () => {
  it('hands over loose images one after another', async () => {
    const { images, read: count } = await read({ images: [loose('pstree.img'), loose('pagemap-1.img')] })
    const recorded = recordedCrit('processes')
    deepEqual(images, [
      { magic: 'PSTREE', count: recorded['pstree.img']?.show.entries.length },
      { magic: 'PAGEMAP', count: recorded['pagemap-1.img']?.show.entries.length },
    ])
    equal(count, 2)
  })
  it('finds images in an archive by their names, and what CRIU wrote beside them', async () => {
    const archive = fixture('podman-counter')
    const { images } = await read({ archive, images: ['pstree', 'core-1.img', 'stats-dump'] })
    deepEqual(
      images.map(({ magic }) => magic),
      ['PSTREE', 'CORE', 'STATS'],
    )
  })
  it('goes on after an image that it cannot read, and says why', async () => {
    const { images, failures } = await read({
      images: [loose('route-10.img'), loose('gone.img'), loose('pstree.img')],
    })
    deepEqual(failures, [
      [loose('route-10.img'), 'UNKNOWN_IMAGE'],
      [loose('gone.img'), 'FILE_NOT_FOUND'],
    ])
    equal(images.length, 1)
  })
  it('says which images an archive does not have', async () => {
    const { failures } = await read({ archive: fixture('podman-counter'), images: ['core-99'] })
    deepEqual(failures, [['core-99', 'ENTRY_MISSING']])
  })
  it('ends when it is aborted', async () => {
    const reason = new Error('stop')
    await rejects(read({ images: [loose('pstree.img')] }, AbortSignal.abort(reason)), reason)
  })
})
