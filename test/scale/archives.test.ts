import assert from 'node:assert/strict'
import type { NodeArchive } from '@kubectl-checkpoint/core/documents'
import { leftPods, mebibyte, mostPods, scaled, useLargeCluster } from './large-cluster.ts'

interface ArchiveList {
  readonly items: readonly NodeArchive[]
  readonly failures: readonly object[]
}

const nodes = scaled(1000)
const archivesPerNode = 20
const archives = nodes * archivesPerNode

describe(`${archives} archives on ${nodes} nodes`, () => {
  const cluster = useLargeCluster({ nodes, archivesPerNode })

  const isBounded = (peakBytes = 0) => {
    const { load } = cluster.standIn
    assert.ok(load.connections.peak <= 256 + 64, `${load.connections.peak} connections`)
    assert.ok(load.pods.peak <= mostPods, `${load.pods.peak} pods`)
    assert.ok(peakBytes < 500 * mebibyte, `${peakBytes} bytes`)
    assert.deepEqual(leftPods(cluster.standIn), [])
  }

  it('are listed, each with the pod that it is of', async () => {
    const { stdout, stderr, exitCode, peakBytes } = await cluster.run('get', '-A', '-o', 'json')
    const { items, failures }: ArchiveList = JSON.parse(stdout)
    assert.equal(exitCode, 0, stderr)
    assert.deepEqual(failures, [])
    assert.equal(new Set(items.map(({ archive }) => archive)).size, archives)
    const dashed = items.filter(({ container }) => container === 'side-car')
    assert.ok(dashed.length > 0 && dashed.every(({ namespace }) => namespace === 'team-a'))
    const states = new Map(items.map(({ pod, podStatus }) => [pod, podStatus]))
    assert.deepEqual(
      ['web-1-0', 'gone-1', 'again-1'].map((pod) => states.get(pod)),
      ['running', 'gone', 'replaced'],
    )
    isBounded(peakBytes)
  })

  it('are planned for removal, and all stay', async () => {
    const { stdout, stderr, exitCode, peakBytes } = await cluster.run(
      'prune',
      '-A',
      '--keep',
      '1',
      '--dry-run',
      '-o',
      'name',
    )
    assert.equal(exitCode, 0, stderr)
    // Of six containers on each node one archive is kept.
    assert.equal(stdout.trim().split('\n').length, nodes * (archivesPerNode - 6))
    isBounded(peakBytes)
  })
})
