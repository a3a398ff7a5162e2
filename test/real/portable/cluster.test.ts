import assert from 'node:assert/strict'
import { kubectl } from '../support/kubectl.ts'
import { idlePod, startPods, useNamespace } from '../support/workloads.ts'

interface Node {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> }
  readonly spec: { readonly taints?: readonly object[] }
  readonly status: { readonly conditions: readonly { readonly type: string; readonly status: string }[] }
}

describe('the cluster', () => {
  const namespace = useNamespace()

  it('has nodes, all Ready, that checkpoint a container when the node proxy asks for it', async () => {
    const nodes = (
      JSON.parse(await kubectl('get', 'nodes', '--output=json')).items as readonly Node[]
    ).filter(
      ({ metadata, spec }) => metadata.labels['kubernetes.io/os'] === 'linux' && spec.taints === undefined,
    )
    assert.ok(nodes.length > 0, 'no Linux node without taints')
    for (const { metadata, status } of nodes) {
      const ready = status.conditions.find(({ type }) => type === 'Ready')
      assert.equal(ready?.status, 'True', metadata.name)
    }
    const names = nodes.map(({ metadata }) => metadata.name)

    await startPods(namespace, ...names.map((node) => idlePod(`idle-${node}`, { node, container: 'idle' })))
    for (const node of names) {
      const path = `/api/v1/nodes/${node}/proxy/checkpoint/${namespace}/idle-${node}/idle`
      const answer = JSON.parse(await kubectl('create', '--raw', path, '--filename', '/dev/null'))
      assert.equal(answer.items.length, 1)
      assert.match(
        answer.items[0],
        new RegExp(`^/.+/checkpoints/checkpoint-idle-${node}_${namespace}-idle-[0-9T:+Z-]+\\.tar$`),
      )
    }
  })
})
