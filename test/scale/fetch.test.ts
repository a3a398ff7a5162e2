import assert from 'node:assert/strict'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FetchedArchive } from '@kubectl-checkpoint/core/actions'
import { leftPods, mebibyte, mostPods, scaled, useLargeCluster } from './large-cluster.ts'

interface Fetched {
  readonly items: readonly FetchedArchive[]
}

const nodes = scaled(200)
const archivesPerNode = 10
const selection = ['-A', '-l', 'app=fleet'] as const

describe(`the archives of ${nodes} nodes`, () => {
  const cluster = useLargeCluster({ nodes, archivesPerNode })

  it('are fetched after Ctrl-C as far as they are missing', async () => {
    const { standIn, folder } = cluster
    const to = join(folder, 'here')
    const command = ['fetch', ...selection, '--all', '--to', to, '-o', 'json'] as const
    const listed = await cluster.run('get', ...selection, '-o', 'name')
    const names = listed.stdout.trim().split('\n').sort()

    const earlier = new Set(standIn.requests)
    let execs = 0
    const running = cluster.start(...command)
    // One on each node to list its archives, and one for each archive.
    await standIn.whenRequested(
      (request) => !earlier.has(request) && request.path.endsWith('/exec') && ++execs === 3 * nodes,
    )
    running.kill('SIGINT')
    const cancelled = await running.ended
    assert.equal(cancelled.exitCode, 130, cancelled.stderr)
    const early: Fetched = JSON.parse(cancelled.stdout)
    assert.ok(early.items.length > 0 && early.items.length < names.length)
    assert.deepEqual(leftPods(standIn), [])
    const complete = (await readdir(to)).filter((name) => name.endsWith('.tar')).sort()
    assert.deepEqual(early.items.map(({ path }) => basename(path)).sort(), complete)

    const [lost, ...kept] = early.items
    await rm(lost?.path ?? '')
    const identify = async ({ path }: FetchedArchive) => {
      const { ino, mtimeNs } = await stat(path, { bigint: true })
      return [path, ino, mtimeNs]
    }
    const before = await Promise.all(kept.map(identify))
    const { stdout, stderr, exitCode, peakBytes = 0 } = await cluster.run(...command)
    assert.equal(exitCode, 0, stderr)
    const { items }: Fetched = JSON.parse(stdout)
    assert.deepEqual(items.map(({ archive }) => archive).sort(), names)
    assert.deepEqual(await Promise.all(kept.map(identify)), before)
    assert.deepEqual((await readdir(to)).sort(), items.map(({ path }) => basename(path)).sort())
    const { load } = standIn
    assert.ok(load.connections.peak <= 256 + 64, `${load.connections.peak} connections`)
    assert.ok(load.pods.peak <= mostPods, `${load.pods.peak} pods`)
    assert.ok(peakBytes < 400 * mebibyte, `${peakBytes} bytes`)
    assert.deepEqual(leftPods(standIn), [])
  })
})
