import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkpointFolder, type StandIn, startStandIn } from '@kubectl-checkpoint/test-support/stand-in'
import { type Outcome, run } from './run.ts'

const names = [1, 2, 3].map((day) => `checkpoint-miner-a_shop-cache-2026-01-0${day}T00:00:00Z.tar`)
const archives = names.map((name) => `node-a:${name}`)
const [oldest = '', , newest = ''] = archives

describe('kubectl-checkpoint delete, prune, keep and unkeep', () => {
  let standIn: StandIn
  let folder: string

  const runHere = (...args: string[]): Promise<Outcome> =>
    run(args, { env: { KUBECONFIG: join(folder, 'kubeconfig') } })
  const left = () => standIn.disks['node-a'].names(checkpointFolder)

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
    let now = new Date('2026-01-04T00:00:00Z')
    standIn = await startStandIn({ now: () => now })
    await standIn.writeKubeconfig(join(folder, 'kubeconfig'))
    for (const name of names) standIn.disks['node-a'].write(`${checkpointFolder}/${name}`, Buffer.alloc(2048))
    now = new Date('2026-01-05T00:00:00Z')
  })
  afterEach(async () => {
    await standIn.close()
    await rm(folder, { recursive: true })
  })

  it('deletes nothing without a terminal or --yes, and says so before it asks any node', async () => {
    for (const command of [
      ['delete', oldest],
      ['prune', '--keep', '1'],
    ]) {
      const { stdout, stderr, exitCode } = await runHere(...command)
      assert.equal(stdout, '')
      assert.match(stderr, /^error: there is no terminal to ask at \(USAGE\)\n\nSay --yes/)
      assert.equal(exitCode, 2)
    }
    assert.deepEqual(standIn.requests, [])
    assert.deepEqual(left(), names)
  })

  it('prunes what a dry run says, and nothing else', async () => {
    const dry = await runHere('prune', '--keep', '1', '--dry-run', '-o', 'json')
    const plan = JSON.parse(dry.stdout)
    assert.equal(plan.kind, 'RemovalPlan')
    assert.equal(plan.removeBytes, 4096)
    assert.deepEqual(left(), names)
    const { stdout, exitCode } = await runHere('prune', '--keep', '1', '--yes', '-o', 'name')
    assert.equal(stdout, plan.remove.map(({ archive }: { archive: string }) => `${archive}\n`).join(''))
    assert.equal(exitCode, 0)
    assert.deepEqual(left(), names.slice(2))
  })

  it('lists what it deleted and why, and what is pinned and stays', async () => {
    await runHere('keep', oldest, '--note', 'the incident')
    const { stdout, exitCode } = await runHere('prune', '--older-than', '36h', '--yes')
    assert.match(stdout, /^ARCHIVE +SIZE +FATE +BECAUSE\n/)
    assert.match(stdout, new RegExp(`^${archives[1]} +2 KiB +deleted +too old$`, 'm'))
    assert.match(stdout, new RegExp(`^${oldest} +2 KiB +kept +pinned$`, 'm'))
    assert.equal(exitCode, 0)
  })

  it('deletes the others where one was named that is pinned', async () => {
    await runHere('keep', oldest)
    const { stdout, stderr, exitCode } = await runHere('delete', oldest, newest, '--yes', '-o', 'json')
    const removal = JSON.parse(stdout)
    assert.equal(removal.kind, 'Removal')
    assert.deepEqual(
      removal.removed.map(({ archive }: { archive: string }) => archive),
      [newest],
    )
    assert.match(stderr, /is pinned\s\(NODE_FILE_PINNED\)/)
    assert.equal(exitCode, 3)
  })

  it('pins and unpins, and says what was so before', async () => {
    const pinned = async (...args: string[]) => (await runHere(...args, '--no-headers')).stdout
    assert.match(await pinned('keep', 'miner-a'), new RegExp(`^${newest} +pinned\n$`))
    assert.match(await pinned('keep', newest), new RegExp(`^${newest} +pinned already\n$`))
    assert.match(await pinned('unkeep', newest), new RegExp(`^${newest} +no longer pinned\n$`))
    assert.match(await pinned('unkeep', newest), new RegExp(`^${newest} +was not pinned\n$`))
    const { stdout } = await runHere('keep', newest, '-o', 'jsonpath={.kind} {.items[0].change}')
    assert.equal(stdout.trim(), 'PinChangeList pinned')
  })

  it('says that there is nothing to delete', async () => {
    const { stdout, stderr, exitCode } = await runHere('prune', '--keep', '5', '--yes')
    assert.equal(stdout, '')
    assert.match(stderr, /^there is nothing to delete\n$/m)
    assert.equal(exitCode, 0)
  })
})
