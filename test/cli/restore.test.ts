import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture } from '@kubectl-checkpoint/test-support'
import {
  type StandIn,
  type StandInRegistry,
  startStandIn,
  startStandInRegistry,
} from '@kubectl-checkpoint/test-support/stand-in'
import { restoredPod } from '../../packages/core/src/documents/restore.ts'
import { run } from './run.ts'

describe('kubectl-checkpoint restore', () => {
  let standIn: StandIn
  let registry: StandInRegistry
  let folder: string
  let image: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
    standIn = await startStandIn()
    await standIn.writeKubeconfig(join(folder, 'kubeconfig'))
    registry = await startStandInRegistry({ blobs: new Map(), tags: {} })
    image = `oci://${registry.host}/shop/web:1`
    await run(['push', fixture('containerd-miner'), image, '--yes'])
  })
  afterEach(async () => {
    await registry[Symbol.asyncDispose]()
    await standIn.close()
    await rm(folder, { recursive: true })
  })

  const restore = (...args: string[]) =>
    run(['restore', image, ...args], { env: { KUBECONFIG: join(folder, 'kubeconfig') }, cwd: folder })

  it('makes a pod, waits until it is ready, and prints which', async () => {
    const { stdout, stderr, exitCode } = await restore('--node', 'node-b', '--name', 'again')
    assert.equal(exitCode, 0, stderr)
    assert.match(stdout, /^POD +CONTAINER +NODE +READY AFTER\nagain +cache +node-b +\d/)
    assert.match(stderr, /^shop\/again: waiting until it is ready$/m)
  })

  it('prints a document of the published schema', async () => {
    const { stdout } = await restore('--node', 'node-b', '-o', 'json')
    const { pod, container } = restoredPod.parse(JSON.parse(stdout))
    assert.match(`${pod}/${container}`, /^miner-a-restored-\w+\/cache$/)
  })

  it('prints the pod that it would make with --dry-run, and makes none', async () => {
    const { stdout, exitCode } = await restore('--dry-run=client', '-o', 'yaml')
    assert.equal(exitCode, 0)
    assert.match(stdout, /^apiVersion: v1\nkind: Pod\nmetadata:\n {2}name: miner-a-restored-\w{5}\n/)
    const server = await restore('--dry-run=server', '-o', 'name')
    assert.match(server.stdout, /^pod\/miner-a-restored-\w+\n$/)
    const pods = standIn.store.list('pods').map(({ metadata }) => metadata.name)
    assert.deepEqual(
      pods.filter((name) => name.includes('restored')),
      [],
    )
  })

  it('says what it is blocked by, and ends with 7', async () => {
    await run(['push', fixture('podman-counter'), image, '--yes'])
    const { stderr, exitCode } = await restore()
    assert.equal(exitCode, 7)
    assert.match(stderr, /error: .*it is of Podman, and Kubernetes\s+restores no such archive/)
    const dry = await restore('--dry-run=client')
    assert.equal(dry.exitCode, 7)
    assert.match(dry.stderr, /^blocked: it is of Podman/m)
  })

  it('ends with 7 where the pod does not start, which is removed again', async () => {
    standIn.faults.podWaiting = 'CreateContainerError'
    const { stderr, exitCode } = await restore('--node', 'node-b', '--name', 'again')
    assert.equal(exitCode, 7)
    assert.match(stderr, /was not restored/)
    assert.equal(standIn.store.find('pods', 'shop', 'again'), undefined)
  })

  it('wants a word behind --dry-run', async () => {
    const { stderr, exitCode } = await restore('--dry-run=maybe')
    assert.equal(exitCode, 2)
    assert.match(stderr, /"client",\s+"server"/)
  })
})
