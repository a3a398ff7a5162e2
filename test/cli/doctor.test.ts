import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type StandIn, startStandIn } from '@kubectl-checkpoint/test-support/stand-in'
import { run } from './run.ts'

describe('kubectl-checkpoint doctor', () => {
  let standIn: StandIn
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
    standIn = await startStandIn()
    await standIn.writeKubeconfig(join(folder, 'kubeconfig'))
  })
  afterEach(async () => {
    await standIn.close()
    await rm(folder, { recursive: true })
  })

  const doctor = (...args: string[]) =>
    run(['doctor', ...args], { env: { KUBECONFIG: join(folder, 'kubeconfig') }, cwd: folder })

  it('ends with 3 where nothing is known to fail, but not everything could be looked at', async () => {
    const { stdout, stderr, exitCode } = await doctor('node-a', '--no-probe')
    assert.equal(exitCode, 3, stderr)
    assert.match(stdout, /^Node node-a\nunknown {2}.*CRIU.*: only a probe pod/)
    assert.match(stdout, /^ok {7}Checkpoint endpoint: it answers$/m)
    assert.match(stdout, /\nNothing is known to fail, but not everything could be looked at\.\n$/)
    assert.equal(
      standIn.requests.some(
        ({ path, method, query }) => method === 'POST' && path.endsWith('/pods') && !query.has('dryRun'),
      ),
      false,
    )
  })

  it('ends with 6 where something fails, and prints the repair', async () => {
    standIn.faults.checkpoints.set('node-b', 'gate ContainerCheckpoint off')
    const { stdout, exitCode } = await doctor('--no-probe')
    assert.equal(exitCode, 6)
    assert.match(stdout, /^Node node-b\nfailure {2}Checkpoint endpoint: .*\n(.*\n)*\n {4}featureGates:\n/m)
  })

  it('asks kubelets themselves with --direct', async () => {
    const args = ['node-a', '--no-probe', '--direct', '--kubelet-insecure-tls']
    const { stdout } = await doctor(...args)
    assert.match(stdout, /^ok {7}Rights at the kubelet: the kubelet lets you create nodes\/checkpoint$/m)
    standIn.faults.forbidden.add('create nodes/checkpoint')
    assert.match((await doctor(...args)).stdout, /^failure {2}Rights at the kubelet: /m)
  })

  it('says why there is no probe, once, and what readers lack', async () => {
    standIn.faults.podSecurity = 'baseline'
    standIn.faults.forbidden.add('delete pods')
    const { stdout } = await doctor('node-a', '-o', 'json')
    const { nodes, verdict } = JSON.parse(stdout)
    const find = (id: string) => nodes[0].checks.find((check: { readonly id: string }) => check.id === id)
    assert.equal(verdict, 'unknown')
    assert.match(find('node-probe').evidence[0], /violates PodSecurity/)
    assert.deepEqual(find('node-probe').fix.commands.length, 2)
    assert.deepEqual(find('criu').evidence, ['only a probe pod on the node can see it'])
    assert.deepEqual(find('reader-pod').evidence, ['in namespace shop you may not delete pods'])
  })
})
