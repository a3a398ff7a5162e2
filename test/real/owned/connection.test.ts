import assert from 'node:assert/strict'
import type { CapturedCheckpoint } from '@kubectl-checkpoint/core/actions'
import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { readJson, startCli, takeCheckpoints } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import { apiServer, writeKubeconfig } from '../support/kubeconfig.ts'
import { runOnNode } from '../support/own-cluster.ts'
import { openTcpProxy } from '../support/tcp-proxy.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

const megabyte = 2 ** 20

describe('the connection to the API server', () => {
  const namespace = useNamespace()
  const folder = useFolder()

  before('starts pods with much memory', () =>
    startPods(
      namespace,
      appPod('web-0', { node: 'node-a', megabytes: 128 }),
      appPod('large', { node: 'node-b', megabytes: 1024 }),
    ),
  )

  it('may break twice during a download, which goes on where it was', async () => {
    const cutAtBytes = [20 * megabyte, 90 * megabyte]
    await using proxy = await openTcpProxy(await apiServer(), { cutAtBytes })
    const env = { KUBECONFIG: await writeKubeconfig(folder, proxy) }
    const argv = ['web-0', '--namespace', namespace, '--to', folder, '--output', 'json']
    const { code, stdout, stderr } = await (await startCli(argv, { env })).ended

    assert.equal(code, 0, stderr)
    const [checkpoint]: readonly CapturedCheckpoint[] = JSON.parse(stdout).items
    const { path = '', local } = checkpoint ?? {}
    assert.equal(local?.sha256, (await runOnNode('node-a', 'sha256sum', path)).split(' ')[0])
    assert.equal(proxy.cuts, cutAtBytes.length)
    assert.equal(stderr.match(/^note: .*: connection lost/gm)?.length, cutAtBytes.length, stderr)
    // What was under way when it broke, at most, came a second time.
    assert.ok(proxy.bytesDown < (local?.size ?? 0) * 1.1, `${proxy.bytesDown} of ${local?.size}`)
  })

  it('carries less than 2 % of an archive of a gigabyte that is inspected on its node', async () => {
    const [checkpoint] = await takeCheckpoints('large', '--namespace', namespace)
    await using proxy = await openTcpProxy(await apiServer())
    const env = { KUBECONFIG: await writeKubeconfig(folder, proxy) }
    const { archive, processes } = await readJson<Inspection>(['inspect', checkpoint?.archive ?? ''], { env })

    assert.ok(archive.size > 1024 * megabyte, `${archive.size}`)
    assert.deepEqual(
      processes.map(({ comm }) => comm),
      ['app', 'app-child'],
    )
    assert.ok(archive.bytesRead < 0.02 * archive.size, `${archive.bytesRead} read`)
    assert.ok(proxy.bytesDown > archive.bytesRead, `only ${proxy.bytesDown} counted`)
    assert.ok(proxy.bytesDown < 0.02 * archive.size, `${proxy.bytesDown} transferred`)
  })
})
