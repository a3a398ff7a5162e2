import { deepEqual } from 'node:assert/strict'
import { judgeNode } from '../../../src/actions/restore/judge-node.ts'

const judge = (containerRuntimeVersion: string, architecture = 'amd64') => {
  const nodeInfo = {
    kubeletVersion: 'v1.36.3',
    containerRuntimeVersion,
    architecture,
    operatingSystem: 'linux',
  }
  const { blockers, warnings } = judgeNode(
    { metadata: { name: 'node-a' }, status: { nodeInfo } },
    'linux/amd64',
  )
  return [blockers.map(({ id }) => id), warnings.map(({ id }) => id)]
}

describe('judgeNode', () => {
  for (const [version, blockers, warnings] of [
    ['containerd://2.0.5', ['node-runtime'], []],
    ['containerd://2.1.9', [], []],
    ['containerd://2.2.6', [], []],
    ['containerd://2.2.7', [], ['runtime-switch']],
    ['containerd://2.3.3', [], []],
    ['containerd://2.3.4', [], ['runtime-switch']],
    ['containerd://2.4.0', ['node-runtime'], []],
    ['cri-o://1.34.1', [], ['runtime-switch']],
  ] as const) {
    it(`knows what ${version} restores`, () => deepEqual(judge(version), [blockers, warnings]))
  }

  it('is blocked by another architecture', () => {
    deepEqual(judge('containerd://2.1.9', 'arm64'), [['node-platform'], []])
  })
})
