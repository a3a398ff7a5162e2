import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type StandIn,
  type StandInRegistry,
  startStandIn,
  startStandInRegistry,
} from '@kubectl-checkpoint/test-support/stand-in'
import { migration, migrationPlan } from '../../packages/core/src/documents/migration.ts'
import { run } from './run.ts'

describe('kubectl-checkpoint migrate', () => {
  let standIn: StandIn
  let registry: StandInRegistry
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
    standIn = await startStandIn()
    await standIn.writeKubeconfig(join(folder, 'kubeconfig'))
    registry = await startStandInRegistry({ blobs: new Map(), tags: {} })
  })
  afterEach(async () => {
    await registry[Symbol.asyncDispose]()
    await standIn.close()
    await rm(folder, { recursive: true })
  })

  const migrate = (...args: string[]) =>
    run(['migrate', ...args, '-r', `oci://${registry.host}/shop/web`, '--yes'], {
      env: { KUBECONFIG: join(folder, 'kubeconfig') },
      cwd: folder,
    })

  it('moves a pod and prints how long it stood still', async () => {
    const { stdout, stderr, exitCode } = await migrate('miner-a', '--to', 'node-b')
    assert.equal(exitCode, 0, stderr)
    assert.match(
      stdout,
      /^NAMESPACE +POD +FROM +TO +NEW POD +FROZEN +GAP\nshop +miner-a +node-a +node-b +miner-a-restored-\w{5} +\d+\.\d ms +\d/,
    )
  })

  it('prints documents of the published schemas', async () => {
    const planned = await migrate('miner-a', '--to', 'node-b', '--dry-run', '-o', 'json')
    assert.equal(migrationPlan.parse(JSON.parse(planned.stdout)).moves[0]?.pod, 'miner-a')
    assert.equal(planned.exitCode, 0)
    const moved = await migrate('miner-a', '--to', 'node-b', '-o', 'json')
    assert.equal(migration.parse(JSON.parse(moved.stdout)).moved[0]?.from, 'node-a')
  })

  it('says what stays and why, and ends with 7', async () => {
    const planned = await migrate('miner-a', '--to', 'node-a', '--dry-run')
    assert.equal(planned.exitCode, 7)
    assert.match(planned.stdout, /no: same-node$/m)
    const { stdout, stderr, exitCode } = await migrate('miner-a', '--to', 'node-a')
    assert.equal(exitCode, 7)
    assert.equal(stdout, '')
    assert.match(stderr, /it runs on node-a already \(MIGRATION_BLOCKED\)/)
  })

  it('wants a number behind --parallel', async () => {
    const { stderr, exitCode } = await migrate('miner-a', '--parallel', 'many')
    assert.equal(exitCode, 2)
    assert.match(stderr, /"many" is no number of pods/)
  })
})
