import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { FetchResult } from '@kubectl-checkpoint/core/actions'
import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { readJson, takeCheckpoints } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import { runOnNode } from '../support/own-cluster.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

const sha256OnNode = async (path: string) => (await runOnNode('node-a', 'sha256sum', path)).split(' ')[0]

describe('an archive on a node', () => {
  const namespace = useNamespace()
  const folder = useFolder()

  before('starts a pod', () => startPods(namespace, appPod('web-0', { node: 'node-a', container: 'app' })))

  const take = async (...argv: readonly string[]) => {
    const [taken] = await takeCheckpoints('web-0', '--namespace', namespace, ...argv)
    assert.ok(taken)
    return taken
  }

  it('comes here equal to what it is there, for the eyes of its owner', async () => {
    const { path, local } = await take('--fetch', '--to', folder)
    assert.ok(local)
    const bytes = await readFile(local.path)
    assert.equal(createHash('sha256').update(bytes).digest('hex'), await sha256OnNode(path))
    assert.equal(local.sha256, await sha256OnNode(path))
    assert.equal(local.size, bytes.length)
    assert.equal((await stat(local.path)).mode & 0o777, 0o600)
  })

  it('is found by NODE:FILE and by NODE:/folder/FILE, the newest one also by POD/CONTAINER', async () => {
    const older = await take()
    const newer = await take()
    const label = async (archive: string) =>
      (await readJson<Inspection>(['inspect', archive, '--namespace', namespace])).archive.label
    assert.equal(await label(older.archive), older.archive)
    assert.equal(await label(`node-a:${older.path}`), older.archive)
    assert.equal(await label('web-0/app'), newer.archive)

    const argv = ['fetch', older.archive, 'web-0/app', '--namespace', namespace, '--to', folder]
    const { items: archives } = await readJson<{ items: FetchResult['archives'] }>(argv)
    assert.deepEqual(
      archives.map(({ archive, sha256 }) => [archive, sha256]),
      [
        [older.archive, await sha256OnNode(older.path)],
        [newer.archive, await sha256OnNode(newer.path)],
      ],
    )
  })
})
