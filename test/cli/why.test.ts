import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type StandIn, startStandIn } from '@kubectl-checkpoint/test-support/stand-in'
import { type Outcome, run } from './run.ts'

describe('kubectl-checkpoint why', () => {
  let standIn: StandIn
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
    standIn = await startStandIn()
    await standIn.writeKubeconfig(join(folder, 'kubeconfig'))
    const message = 'failed to restore containerd task: OCI runtime restore failed: read unixpacket @->@: EOF'
    const pod = standIn.store.find('pods', 'shop', 'svc') ?? assert.fail()
    const containerStatuses = [{ name: 'svc', state: { waiting: { message } } }]
    standIn.store.put('pods', { ...pod, status: { ...pod.status, containerStatuses } })
  })

  after(async () => {
    await standIn.close()
    await rm(folder, { recursive: true })
  })

  const why = (...args: string[]): Promise<Outcome> =>
    run(['why', ...args], { env: { KUBECONFIG: join(folder, 'kubeconfig'), XDG_DATA_HOME: folder } })

  it('explains what failed, and exits with 0', async () => {
    const { stdout, exitCode } = await why('svc')
    assert.match(stdout, /^shop\/svc\/svc: the restore was refused and still is$/m)
    assert.match(stdout, /limit is\s+too small/)
    assert.equal(exitCode, 0)
  })

  it('exits with 0 where nothing was refused, with 3 if it could not see everything', async () => {
    const all = await why('miner-a')
    assert.match(all.stdout, /^shop\/miner-a\/cache: nothing was refused/m)
    assert.equal(all.exitCode, 0)
    standIn.faults.forbidden.add('list events')
    const some = await why('miner-a')
    assert.match(some.stdout, /could not be read: events is forbidden/)
    assert.equal(some.exitCode, 3)
  })

  it('prints a document', async () => {
    const { stdout } = await why('svc', '-o', 'jsonpath={.kind} {.items[*].causes[*].id}')
    assert.equal(stdout, 'RefusalList restore-memory-limit')
  })

  it('exits with 4 if there is no such pod', async () => {
    assert.equal((await why('nothing')).exitCode, 4)
  })
})
