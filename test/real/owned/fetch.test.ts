import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { FetchResult } from '@kubectl-checkpoint/core/actions'
import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { readJson, startCli, takeCheckpoints } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import { apiServer, writeKubeconfig } from '../support/kubeconfig.ts'
import { kubectl } from '../support/kubectl.ts'
import { type NodeName, runOnNode } from '../support/own-cluster.ts'
import { untilNoReaderPod } from '../support/readers.ts'
import { openTcpProxy } from '../support/tcp-proxy.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

const sha256OnNode = async (path: string, node: NodeName = 'node-a') =>
  (await runOnNode(node, 'sha256sum', path)).split(' ')[0]

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
      appPod('web-0', { node: 'node-a', container: 'app', megabytes: 32 }),
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
    // Others may be at work elsewhere.
    await kubectl(
      'wait',
      '--for=delete',
      'pod',
      '--selector=app.kubernetes.io/name=checkpoint-reader',
      '--namespace',
      namespace,
      '--timeout=8s',
    )
  })

  it('has the node compress an archive, and brings it here equal', async () => {
    const [taken] = await takeCheckpoints('web-1', '--namespace', namespace)
    const [fetched] = await fetchHere(taken?.archive ?? '', '--compress', 'gzip', '--to', folder)
    assert.equal(fetched?.sha256, await sha256OnNode(taken?.path ?? '', 'node-b'))
    assert.equal(fetched?.transfer.compression, 'gzip')
    assert.ok(fetched.transfer.bytes < fetched.size / 2, `${fetched.transfer.bytes} of ${fetched.size}`)
  })

  it('finds out over a slow link whether compression makes an archive faster', async () => {
    // Its memory can't be compressed.
    const [taken] = await takeCheckpoints('web-0', '--namespace', namespace)
    const easy = `/var/tmp/${namespace}/easy.tar`
    await runOnNode('node-a', 'mkdir', dirname(easy))
    await runOnNode('node-a', 'dd', 'if=/dev/zero', `of=${easy}`, 'bs=1M', 'count=64')
    await using proxy = await openTcpProxy(await apiServer(), { bytesPerSecond: 2 ** 20 })
    const env = { KUBECONFIG: await writeKubeconfig(folder, proxy) }
    const compressionOf = async (archive: string) => {
      const argv = ['fetch', archive, '--namespace', namespace, '--to', `${folder}/slow`]
      const { items } = await readJson<{ items: FetchResult['archives'] }>(argv, { env })
      return items[0]?.transfer.compression
    }
    try {
      assert.equal(await compressionOf(taken?.archive ?? ''), 'none')
      assert.equal(await compressionOf(`node-a:${easy}`), 'gzip')
    } finally {
      await runOnNode('node-a', 'rm', '-r', dirname(easy))
    }
  })

  it('goes on after what a killed command brought', async () => {
    const [taken] = await takeCheckpoints('web-0', '--namespace', namespace)
    const archive = taken?.archive ?? ''
    const to = `${folder}/killed`
    // What is slow enough to be killed in the middle.
    await using proxy = await openTcpProxy(await apiServer(), { bytesPerSecond: 2 ** 20 })
    const env = { KUBECONFIG: await writeKubeconfig(folder, proxy) }
    const argv = ['fetch', archive, '--compress', 'none', '--to', to, '--reader-deadline', '30s']
    const running = await startCli(argv, { env })
    await running.stderrMatches(/: downloading$/m)
    await proxy.untilBytesDown(proxy.bytesDown + 3 * 2 ** 20)
    running.kill('SIGKILL')
    await running.ended

    const [fetched] = await fetchHere(archive, '--to', to)
    assert.ok(fetched)
    assert.equal(fetched.sha256, await sha256OnNode(taken?.path ?? ''))
    assert.ok(fetched.transfer.keptBytes > 2 ** 20, `${fetched.transfer.keptBytes} kept`)
    assert.equal(fetched.transfer.keptBytes + fetched.transfer.bytes, fetched.size)
    assert.deepEqual(await readdir(to), [basename(fetched.path)])
    // The one of the killed command serves until its deadline.
    await untilNoReaderPod(90)
  })
})
