import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type FixtureName,
  fixture,
  fixturePath,
  type ImageSetName,
  imageSet,
} from '@kubectl-checkpoint/test-support'
import { diff, inspect } from '../../src/actions/index.ts'
import { difference } from '../../src/documents/difference.ts'
import { inspection } from '../../src/documents/inspection.ts'
import { offline } from '../actions/support/offline.ts'

/** What documents hold and schemas don't is missing after the schema has read them. */
function assertDescribed(schema: { parse(document: unknown): unknown }, document: unknown): void {
  const printed: unknown = JSON.parse(JSON.stringify(document))
  assert.deepEqual(schema.parse(printed), printed)
}

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(fixturePath(folder))).map((file) => file.replace('.tar.zst', ''))

/** One set is of several dumps after each other. */
function foldersOf(name: ImageSetName): readonly string[] {
  const folder = imageSet(name)
  return name === 'memory' ? ['first', 'second', 'lazy'].map((dump) => join(folder, dump)) : [folder]
}

const { signal } = new AbortController()

describe('documents', () => {
  it('of all fixtures are as their schema says', async () => {
    const archives = [
      ...(await namesIn('archives')).map((name) => fixture(name as FixtureName)),
      ...(await namesIn('images')).flatMap((name) => foldersOf(name as ImageSetName)),
    ]
    assert.ok(archives.length > 10)
    const { inspections, failures } = await inspect({ archives, sections: 'all' }, offline, { signal }).result
    assert.deepEqual(failures, [])
    for (const document of inspections) assertDescribed(inspection, document)
  })

  it('of differences are as their schema says', async () => {
    const [a, b] = [fixture('containerd-svc'), fixture('podman-svc-tcp')]
    const document = await diff({ a, b }, offline, { signal }).result
    assert.ok(document.processes.some(({ sockets, memory }) => sockets.length > 0 && memory))
    assertDescribed(difference, document)
  })
})
