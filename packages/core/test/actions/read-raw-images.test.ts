import { deepEqual, equal, match, rejects } from 'node:assert/strict'
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
  const { read, skipped, failures } = await run.result
  return {
    images,
    read,
    skipped,
    failures: failures.map(({ item, error }) => [item, error.code]),
    hints: failures.map(({ error }) => error.hint),
  }
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
      images: [import.meta.filename, loose('gone.img'), loose('pstree.img')],
    })
    deepEqual(failures, [
      [import.meta.filename, 'UNKNOWN_IMAGE'],
      [loose('gone.img'), 'FILE_NOT_FOUND'],
    ])
    equal(images.length, 1)
  })
  it('skips what holds no messages among others, and says alone what it is', async () => {
    const [route, pstree] = [loose('route-10.img'), loose('pstree.img')]
    const several = await read({ images: [route, pstree] })
    deepEqual([several.skipped, several.failures, several.read], [[route], [], 1])
    deepEqual((await read({ images: [route] })).failures, [[route, 'UNKNOWN_IMAGE']])
  })
  it('says which images an archive does not have', async () => {
    const archive = fixture('podman-counter')
    const { failures, hints } = await read({ archive, images: ['core-99', 'something else'] })
    deepEqual(failures, [
      ['core-99', 'IMAGE_NOT_IN_ARCHIVE'],
      ['something else', 'IMAGE_NOT_IN_ARCHIVE'],
    ])
    match(hints[0] ?? '', /^Did you mean core-\d+/)
    match(hints[1] ?? '', /^Images are named/)
  })
  it('ends when it is aborted', async () => {
    const reason = new Error('stop')
    await rejects(read({ images: [loose('pstree.img')] }, AbortSignal.abort(reason)), reason)
  })
})
