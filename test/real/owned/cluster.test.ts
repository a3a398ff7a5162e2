import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { kubectl } from '../support/kubectl.ts'
import { type NodeName, nodeFile, runOnNode } from '../support/own-cluster.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

const nodes: readonly NodeName[] = ['node-a', 'node-b']

describe('our own cluster', () => {
  const namespace = useNamespace()
  const megabytes = 8

  before('starts an app on each node', () =>
    startPods(
      namespace,
      ...nodes.map((node) => appPod(`app-${node}`, { node, container: 'app', megabytes })),
    ),
  )

  for (const node of nodes) {
    it(`leaves an archive on ${node} that holds the app's memory, and the app goes on`, async () => {
      const count = async () =>
        kubectl('exec', '--namespace', namespace, `app-${node}`, '--', 'wget', '-qO-', '127.0.0.1:8080')
      assert.equal(await count(), 'counter: 1\n')

      const checkpoint = `/api/v1/nodes/${node}/proxy/checkpoint/${namespace}/app-${node}/app`
      const answer = await kubectl('create', '--raw', checkpoint, '--filename', '/dev/null')
      const path = JSON.parse(answer).items[0]
      const archive = await stat(await nodeFile(node, path))

      assert.equal(archive.mode & 0o777, 0o600)
      assert.ok(
        archive.size > megabytes * 2 ** 20 && archive.size < 2 * megabytes * 2 ** 20,
        `${archive.size} bytes`,
      )
      assert.match(await runOnNode(node, 'tar', '--list', '--file', path), /^config\.dump$/m)
      assert.equal(await count(), 'counter: 2\n')
    })
  }
})
