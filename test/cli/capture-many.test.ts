import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckpointList } from '@kubectl-checkpoint/core/documents'
import { type StandIn, startStandIn } from '@kubectl-checkpoint/test-support/stand-in'
import { outcome, run, start } from './run.ts'

const nodes = 50
const podsPerNode = 10
const pods = nodes * podsPerNode
const perNode = 3

describe('a checkpoint of 500 pods', () => {
  let standIn: StandIn
  let folder: string
  let env: Record<string, string>

  beforeEach(async () => {
    standIn = await startStandIn({ fleet: { nodes, podsPerNode, archivesPerNode: 1 } })
    folder = await mkdtemp(join(tmpdir(), 'capture-many-'))
    const kubeconfig = join(folder, 'kubeconfig')
    await standIn.writeKubeconfig(kubeconfig)
    env = { KUBECONFIG: kubeconfig, HOME: folder }
  })
  afterEach(async () => {
    await standIn.close()
    await rm(folder, { recursive: true })
  })

  // Each node has an eleventh pod, in a slot that is not asked for.
  const slots = Array.from({ length: podsPerNode }, (_, slot) => `${slot}`).join(',')
  const all = ['-l', `slot in (${slots})`, '-A', '--per-node', `${perNode}`, '-o', 'json']
  const calls = () => standIn.requests.filter(({ path }) => path.includes('/checkpoint/'))
  const assertNoneTwice = () => {
    const paths = calls().map(({ path }) => path)
    assert.equal(new Set(paths).size, paths.length)
  }

  it('goes on past what fails, a few pods of a node at a time, and tells it in few lines', async () => {
    for (let index = 0; index < nodes; index += 10) {
      standIn.faults.checkpoints.set(`fleet/web-${index}-0/app`, 'container not running')
      standIn.faults.checkpoints.set(`fleet/web-${index}-1/app`, { drop: 'with-archive' })
      standIn.faults.checkpoints.set(`fleet/web-${index}-2/app`, { drop: 'without-archive' })
    }
    const { stdout, stderr, exitCode } = await run(all, { env })
    assert.equal(exitCode, 3, stderr)
    const { items, failures }: CheckpointList = JSON.parse(stdout)
    assert.deepEqual([items.length, failures.length], [pods - 15, 15])
    assert.deepEqual(
      Map.groupBy(failures, ({ outcome, found }) => `${outcome} ${found?.state ?? ''}`.trim())
        .entries()
        .map(([what, group]) => [what, group.length])
        .toArray()
        .toSorted(),
      [
        ['refused', 5],
        ['unknown complete', 5],
        ['unknown none', 5],
      ],
    )
    assert.equal(calls().length, pods)
    assertNoneTwice()
    for (let index = 0; index < nodes; index++) {
      const node = `fleet-${String(index).padStart(4, '0')}`
      assert.ok(standIn.load.checkpointsOn(node).peak <= perNode, node)
    }
    assert.ok(standIn.load.connections.peak < 150, `${standIn.load.connections.peak} connections`)
    assert.ok(stderr.split('\n').length < 60, stderr)
    assert.match(
      stderr,
      /^checkpoints: 485 taken, 5 refused, 10 without an answer \(5 written all the same, 5 without an archive so far\)$/m,
    )
  })

  it('ends at Ctrl-C with an account of each', async () => {
    const never = Promise.withResolvers<void>()
    for (let index = 0; index < nodes; index++) {
      const node = `fleet-${String(index).padStart(4, '0')}`
      if (index >= 10) standIn.faults.checkpoints.set(node, { hold: never.promise })
    }
    const child = start(all, { env })
    const ended = outcome(child)
    // The first ten nodes answer all their calls; of the others, as many are under way as are allowed.
    await standIn.whenRequested(() => calls().filter(({ outcome }) => outcome === 'open').length >= 60)
    child.kill('SIGINT')
    const { stdout, stderr, exitCode } = await ended
    assert.equal(exitCode, 130, stderr)
    const { items, failures }: CheckpointList = JSON.parse(stdout)
    assert.equal(items.length + failures.length, pods)
    const called = calls().map(({ path }) => path.split('/').slice(-3).join('/'))
    const neverStarted = failures.filter(({ outcome }) => outcome === 'not-started').map(({ item }) => item)
    assert.ok(neverStarted.length > 0)
    assert.ok(new Set(neverStarted).isDisjointFrom(new Set(called)), 'what was called has started')
    assertNoneTwice()
    for (const { outcome, found, item } of failures) {
      const [, index = ''] = /web-(\d+)-/.exec(item) ?? []
      // A call of the first ten nodes may just have written its archive.
      const isWritten = Number(index) < 10 && found?.state === 'complete'
      assert.ok(isWritten || found?.state === (outcome === 'unknown' ? 'none' : undefined), item)
    }
    const searched = standIn.requests.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/pods'),
    )
    const unanswered = failures.filter(({ outcome }) => outcome === 'unknown').length
    assert.ok(unanswered >= 60, `${unanswered} without an answer`)
    assert.ok(searched.length < unanswered, `${searched.length} readers for ${unanswered} calls`)
    assert.match(
      stderr,
      /^checkpoints: \d+ taken, \d+ without an answer \(.*\d+ without an archive so far\), \d+ never started$/m,
    )
  })
})
