import assert from 'node:assert/strict'
import type { RefusalList } from '@kubectl-checkpoint/core/documents'
import { cli, readJson } from '../support/cli.ts'
import { startPods, svcPod, useNamespace } from '../support/workloads.ts'

describe('kubectl checkpoint why', () => {
  const namespace = useNamespace()

  before('starts a pod with a connection', () =>
    startPods(namespace, svcPod('svc-tcp', { node: 'node-a', env: { TCP: '1' } })),
  )

  const why = () => readJson<RefusalList>(['why', 'svc-tcp', '--namespace', namespace])

  it('finds nothing before anything was refused', async () => {
    const { items, searched } = await why()
    assert.deepEqual(items, [])
    assert.deepEqual(
      searched[0]?.places.filter(({ unreadable }) => unreadable !== undefined),
      [],
    )
  })

  it("explains what was refused by CRIU's log on the node", async () => {
    assert.equal((await cli('svc-tcp', '--namespace', namespace)).code, 7)
    const { items } = await why()
    assert.equal(items[0]?.operation, 'checkpoint')
    assert.equal(items[0].causes[0]?.id, 'tcp-established')
    assert.match(items[0].evidence[0]?.place ?? '', /^node-a:\/run\/containerd\/.*\/criu-dump\.log$/)
  })
})
