import { deepEqual } from 'node:assert/strict'
import { judgeTarget } from '../../../src/actions/migrate/judge-target.ts'
import type { Node } from '../../../src/remote/cluster/index.ts'

describe('judgeTarget', () => {
  const nodeOf = (name: string, ready = 'True', unschedulable = false, architecture = 'amd64'): Node => ({
    metadata: { name },
    spec: { unschedulable },
    status: {
      conditions: [{ type: 'Ready', status: ready }],
      nodeInfo: { kubeletVersion: 'v1.36.3', containerRuntimeVersion: 'containerd://2.1.9', architecture },
    },
  })
  const judge = (to: Node) => judgeTarget(to, nodeOf('node-a')).blockers.map(({ id }) => id)

  it('takes a node that can', () => deepEqual(judge(nodeOf('node-b')), []))
  it('has no use for the same node', () => deepEqual(judge(nodeOf('node-a')), ['same-node']))
  it('waits for no node', () => deepEqual(judge(nodeOf('node-b', 'Unknown')), ['node-not-ready']))
  it('puts nothing on a node that is being emptied', () =>
    deepEqual(judge(nodeOf('node-b', 'True', true)), ['node-cordoned']))
  it('knows what the processes were made for', () =>
    deepEqual(judge(nodeOf('node-b', 'True', false, 'arm64')), ['node-platform']))
})
