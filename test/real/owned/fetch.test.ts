import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { FetchResult } from '@kubectl-checkpoint/core/actions'
import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { readJson, takeCheckpoints } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import { runOnNode } from '../support/own-cluster.ts'
import { untilNoReaderPod } from '../support/readers.ts'
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

describe('kubectl checkpoint fetch', () => {
  const namespace = useNamespace()
  const folder = useFolder()

  before('starts a pod on each node', () =>
    startPods(
      namespace,
      appPod('web-0', { node: 'node-a', container: 'app' }),
      appPod('web-1', { node: 'node-b', container: 'app' }),
    ),
  )

  const fetchHere = async (...argv: readonly string[]) =>
    (await readJson<{ items: FetchResult['archives'] }>(['fetch', '--namespace', namespace, ...argv])).items

  it('brings the newest archive of each container from all nodes, or all of them, and none twice', async () => {
    await takeCheckpoints('web-0', 'web-1', '--namespace', namespace)
    const newest = await takeCheckpoints('web-0', 'web-1', '--namespace', namespace)
    const to = ['--to', folder]
    const archives = (items: readonly { readonly archive: string }[]) =>
      items.map(({ archive }) => archive).sort()
    assert.deepEqual(archives(await fetchHere('web-0', 'web-1', ...to)), archives(newest))

    const all = await fetchHere('--all', ...to)
    assert.equal(all.length, 4)
    assert.equal(all.filter(({ transfer }) => transfer.bytes === 0).length, 2)
    assert.equal((await fetchHere('--all', '--node', 'node-b', '--to', `${folder}/b`)).length, 2)
    await untilNoReaderPod(8)
  })

  it('has the node compress an archive, and brings it here equal', async () => {
    const [taken] = await takeCheckpoints('web-0', '--namespace', namespace)
    const [fetched] = await fetchHere(taken?.archive ?? '', '--compress', 'gzip', '--to', folder)
    assert.equal(fetched?.sha256, await sha256OnNode(taken?.path ?? ''))
    assert.equal(fetched?.transfer.compression, 'gzip')
    assert.ok(fetched.transfer.bytes < fetched.size / 2, `${fetched.transfer.bytes} of ${fetched.size}`)
  })
})
