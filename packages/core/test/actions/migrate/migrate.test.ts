import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { applyMigration, type MoveRequest, planMigration } from '@kubectl-checkpoint/core/actions'
import { type StandInRegistry, startStandInRegistry } from '@kubectl-checkpoint/test-support/stand-in'
import { finish, openWorkbench, type Workbench } from '../support/workbench.ts'

describe('migrate', () => {
  let bench: Workbench
  let registry: StandInRegistry
  beforeEach(async () => {
    bench = await openWorkbench()
    registry = await startStandInRegistry({ blobs: new Map(), tags: {} })
  })
  afterEach(async () => {
    await registry[Symbol.asyncDispose]()
    await bench[Symbol.asyncDispose]()
  })

  const signal = () => ({ signal: bench.cancel.signal })
  const plan = async (target = 'miner-a', to = 'node-b') =>
    (await finish(planMigration({ target, to }, bench.context, signal()))).result
  const apply = async (request: Partial<MoveRequest> = {}) => {
    const repository = `oci://${registry.host}/shop/web`
    const move = { repository, timeoutSeconds: 30, allowsOpenRegistry: true, ...request }
    return (await finish(applyMigration(await plan(), move, bench.context, signal()))).result
  }
  const pods = () =>
    bench.standIn.store
      .list('pods')
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata }) => metadata.name)
      .filter((name) => name.startsWith('miner-a'))

  it('gives the place of the old pod to one that goes on on the other node', async () => {
    const { moved, failures } = await apply()
    deepEqual(failures, [])
    const [pod] = moved
    ok(pod)
    deepEqual([pod.from, pod.to, pod.sourceKept], ['node-a', 'node-b', false])
    match(pod.newPod, /^miner-a-restored-/)
    match(pod.image, /\/shop\/web@sha256:/)
    ok((pod.frozenMs ?? 0) > 0)
    deepEqual(pods(), [pod.newPod])
  })

  it('keeps the old pod where that is wanted', async () => {
    const { moved } = await apply({ keepSource: true })
    equal(pods().length, 2)
    equal(moved[0]?.sourceKept, true)
  })

  it('leaves the old pod, and no new one, where the registry fails', async () => {
    registry.intervene = ({ method, path }, response) => {
      if (method !== 'PUT' || !path.includes('/manifests/')) return false
      response.writeHead(507).end()
      return true
    }
    const { moved, failures } = await apply()
    deepEqual([moved, failures[0]?.error.code], [[], 'REGISTRY_FAILED'])
    deepEqual(pods(), ['miner-a'])
  })

  it('MIGRATION_BLOCKED: does nothing with a pod that would not get there', async () => {
    const blocked = await plan('miner-a', 'node-a')
    const move = { repository: `oci://${registry.host}/shop/web`, timeoutSeconds: 30 }
    const { result } = await finish(applyMigration(blocked, move, bench.context, signal()))
    equal(result.failures[0]?.error.code, 'MIGRATION_BLOCKED')
    match(result.failures[0]?.error.message ?? '', /runs on node-a already/)
    deepEqual(registry.tags.size, 0)
  })

  it('SWITCH_FAILED: leaves a pod that became another one meanwhile', async () => {
    const { store } = bench.standIn
    const planned = await plan()
    const [move] = planned.moves
    ok(move)
    const changed = { ...planned, moves: [{ ...move, podUid: 'of-another' }] }
    const request = {
      repository: `oci://${registry.host}/shop/web`,
      timeoutSeconds: 30,
      allowsOpenRegistry: true,
    }
    const { result } = await finish(applyMigration(changed, request, bench.context, signal()))
    equal(result.failures[0]?.error.code, 'SWITCH_FAILED')
    ok(store.find('pods', 'shop', 'miner-a'))
    deepEqual(pods(), ['miner-a'])
  })

  for (const repository of ['oci://registry.example/moved:1', 'oci:./folder', 'moved']) {
    it(`refuses ${repository} as a repository`, () =>
      rejects(apply({ repository }), { code: 'IMAGE_TARGET_INVALID' }))
  }
})
