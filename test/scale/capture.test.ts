import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CheckpointList } from '@kubectl-checkpoint/core/documents'
import { checkpointFolder, type StandIn } from '@kubectl-checkpoint/test-support/stand-in'
import { leftPods, mebibyte, scaled, useLargeCluster } from './large-cluster.ts'

const nodes = scaled(50)
const podsPerNode = 9
/** Beside those, one that came again. */
const pods = nodes * (podsPerNode + 1)
const everything = ['-l', 'app=fleet', '-A', '-o', 'json'] as const

const fleetNodes = ({ disks }: StandIn): string[] =>
  Object.keys(disks).filter((node) => node.startsWith('fleet-'))

/** As commands name them. */
const archivesOn = (standIn: StandIn): string[] =>
  Object.entries(standIn.disks).flatMap(
    ([node, disk]) => disk?.names(checkpointFolder).map((file) => `${node}:${file}`) ?? [],
  )

const checkpointCalls = ({ requests }: StandIn) =>
  requests.filter(({ method, path }) => method === 'POST' && path.includes('/proxy/checkpoint/'))

describe(`checkpoints of ${pods} pods on ${nodes} nodes`, () => {
  const cluster = useLargeCluster({ nodes, podsPerNode, archivesPerNode: 0 })

  it('run a few at a time on each node, and outlast those that fail', async () => {
    const { standIn } = cluster
    const tenth = pods / 10
    for (let index = 0; index < nodes; index++) {
      standIn.faults.checkpoints.set(`fleet/web-${index}-1/app`, 'criu refuses: established TCP')
    }
    for (const node of fleetNodes(standIn)) {
      standIn.faults.checkpoints.set(node, {
        get hold() {
          return sleep(100)
        },
      })
    }
    const { stdout, exitCode, peakBytes = 0 } = await cluster.run(...everything)
    const { items, failures }: CheckpointList = JSON.parse(stdout)
    assert.deepEqual(items.map(({ archive }) => archive).sort(), archivesOn(standIn).sort())
    assert.equal(items.length, pods - tenth)
    const expected = Array.from({ length: nodes }, (_, index) => `fleet/web-${index}-1/app`).sort()
    assert.deepEqual(failures.map(({ item }) => item).sort(), expected)
    assert.notEqual(exitCode, 0)
    assert.equal(checkpointCalls(standIn).length, pods)
    for (const node of fleetNodes(standIn)) assert.ok(standIn.load.checkpointsOn(node).peak <= 4)
    assert.ok(standIn.load.connections.peak <= 256 + nodes)
    assert.ok(peakBytes < 400 * mebibyte, `${peakBytes}`)
    assert.deepEqual(leftPods(standIn), [])
  })

  it('end at Ctrl-C with an account that is exact', async () => {
    const { standIn } = cluster
    const gate = Promise.withResolvers<void>()
    const slow = fleetNodes(standIn).filter((_, index) => index % 5 > 2)
    for (const node of slow) standIn.faults.checkpoints.set(node, { hold: gate.promise })
    const running = cluster.start(...everything)
    await standIn.whenRequested(({ path }) =>
      slow.some((node) => path.includes(`/${node}/proxy/checkpoint/`)),
    )
    running.kill('SIGINT')
    await standIn.whenRequested(({ path, method }) => method === 'POST' && path.endsWith('/pods'))
    // These kubelets have not noticed that nobody waits any more.
    gate.resolve()
    const { stdout, exitCode } = await running.ended
    const { items, failures }: CheckpointList = JSON.parse(stdout)
    assert.equal(exitCode, 130)
    assert.equal(items.length + failures.length, pods)
    assert.deepEqual([...new Set(failures.map(({ error }) => error.code))], ['CANCELLED'])
    const unanswered = failures.flatMap(({ found }) => found ?? [])
    const appeared = unanswered.flatMap(({ archive }) => archive ?? [])
    assert.ok(appeared.length > 0)
    assert.deepEqual([...items.map(({ archive }) => archive), ...appeared].sort(), archivesOn(standIn).sort())
    // A call counts as sent once its bytes are out, though they may be lost on the way.
    const called = checkpointCalls(standIn).map(({ path }) => path.replace(/.*\/checkpoint\//, ''))
    const neverStarted = failures.filter(({ outcome }) => outcome === 'not-started').map(({ item }) => item)
    assert.equal(items.length + unanswered.length + neverStarted.length, pods)
    assert.deepEqual(
      neverStarted.filter((item) => called.includes(item)),
      [],
    )
    assert.deepEqual(leftPods(standIn), [])
  })
})
