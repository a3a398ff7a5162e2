import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import {
  applyRestore,
  build,
  checkRestore,
  planRestore,
  type RestoreRequest,
} from '@kubectl-checkpoint/core/actions'
import type { RestorePlan } from '@kubectl-checkpoint/core/documents'
import { fixture } from '@kubectl-checkpoint/test-support'
import { type StandInRegistry, startStandInRegistry } from '@kubectl-checkpoint/test-support/stand-in'
import type { DeploymentManifest } from '../../../src/actions/restore/workload.ts'
import { finish, openWorkbench, type Workbench } from '../support/workbench.ts'

describe('restore', () => {
  let bench: Workbench
  let registry: StandInRegistry
  let image: string
  beforeEach(async () => {
    bench = await openWorkbench()
    registry = await startStandInRegistry({ blobs: new Map(), tags: {} })
    image = `oci://${registry.host}/shop/web:1`
  })
  afterEach(async () => {
    await registry[Symbol.asyncDispose]()
    await bench[Symbol.asyncDispose]()
  })

  const signal = () => ({ signal: bench.cancel.signal })
  const pushFixture = async (name: 'containerd-miner' | 'podman-counter' | 'crio-miner') => {
    const request = { archive: fixture(name), image, compression: 'none', allowsOpenRegistry: true } as const
    await finish(build(request, bench.context, signal()))
  }
  const plan = async (request: Partial<RestoreRequest> = {}): Promise<RestorePlan> =>
    (await finish(planRestore({ archive: image, node: 'node-a', ...request }, bench.context, signal())))
      .result
  const apply = (planned: RestorePlan, timeoutSeconds = 60) =>
    finish(applyRestore(planned, { timeoutSeconds }, bench.context, signal()))
  const made = () => bench.standIn.store.list('pods').filter(({ metadata }) => /restored/.test(metadata.name))
  const podOf = ({ manifest }: RestorePlan) =>
    manifest as { metadata: Record<string, unknown>; spec: { containers: { image: string }[] } }

  it('plans a copy of the pod that is still there, and makes it', async () => {
    await pushFixture('containerd-miner')
    const planned = await plan()
    equal(planned.basis, 'pod')
    deepEqual(planned.blockers, [])
    match(`${podOf(planned).metadata.name}`, /^miner-a-restored-[a-z0-9]{5}$/)
    match(
      podOf(planned).spec.containers[0]?.image ?? '',
      new RegExp(`^${registry.host}/shop/web@sha256:[0-9a-f]{64}$`),
    )
    const { result, phases } = await apply(planned)
    match(result.pod, /^miner-a-restored-/)
    equal(result.container, 'cache')
    deepEqual(phases(`shop/${result.pod}`), ['restoring', 'done'])
    equal(made().length, 1)
  })

  it('plans what the archive knows where the pod is gone', async () => {
    await pushFixture('containerd-miner')
    const { store } = bench.standIn
    const pod = store.find('pods', 'shop', 'miner-a')
    ok(pod)
    store.remove('pods', pod)
    const planned = await plan({ name: 'again' })
    equal(planned.basis, 'archive')
    equal(podOf(planned).metadata.name, 'again')
  })

  it('has the API server check a plan without making anything', async () => {
    await pushFixture('containerd-miner')
    const { result } = await finish(checkRestore(await plan(), bench.context, signal()))
    match(`${podOf(result).metadata.name}`, /^miner-a-restored-/)
    deepEqual(made(), [])
  })

  it('RESTORE_BLOCKED: makes nothing that could not be restored', async () => {
    await pushFixture('podman-counter')
    const planned = await plan()
    equal(planned.blockers[0]?.id, 'podman')
    await rejects(apply(planned), { code: 'RESTORE_BLOCKED', message: /Kubernetes restores no such archive/ })
    deepEqual(made(), [])
  })

  it('is blocked by an image that no annotation calls a checkpoint', async () => {
    await pushFixture('containerd-miner')
    const index = JSON.parse(Buffer.from(registry.blobs.get(registry.tags.get('1') ?? '') ?? []).toString())
    const bare = Buffer.from(JSON.stringify({ ...index, annotations: {} }))
    registry.intervene = ({ method, path }, response) => {
      if (method !== 'GET' || !path.endsWith('/manifests/1')) return false
      response.end(bare)
      return true
    }
    deepEqual(
      (await plan()).blockers.map(({ id }) => id),
      ['no-annotation'],
    )
  })

  it('looks at the node beforehand', async () => {
    await pushFixture('containerd-miner')
    const { store } = bench.standIn
    const node = store.find('nodes', undefined, 'node-a')
    const nodeInfo = {
      kubeletVersion: 'v1.36.3',
      containerRuntimeVersion: 'containerd://2.4.0',
      architecture: 'arm64',
    }
    if (node) store.put('nodes', { ...node, status: { ...node.status, nodeInfo } })
    deepEqual(
      (await plan({ node: 'node-a' })).blockers.map(({ id }) => id),
      ['node-platform', 'node-runtime'],
    )
    await rejects(plan({ node: 'nowhere' }), { code: 'OBJECT_NOT_FOUND' })
  })

  for (const [what, reason, message] of [
    ['by what is known of its reason', 'CreateContainerError', /was not restored: .*CreateContainerError/],
    ['where its image cannot be pulled', 'ImagePullBackOff', /ImagePullBackOff: Back-off pulling image/],
  ] as const) {
    it(`RESTORE_FAILED: explains a pod that does not start ${what}, and removes it`, async () => {
      await pushFixture('containerd-miner')
      const planned = await plan()
      bench.standIn.faults.podWaiting = reason
      await rejects(apply(planned), { code: 'RESTORE_FAILED', message })
      deepEqual(made(), [])
    })
  }

  it('explains by the events of the pod', async () => {
    await pushFixture('containerd-miner')
    const planned = await plan()
    bench.standIn.faults.podWaiting = 'CreateContainerError'
    const { store } = bench.standIn
    const tell = () => {
      const [pod] = made()
      if (!pod) return
      const { name, namespace = '', uid = '' } = pod.metadata
      const message =
        'Error: failed to read "status.dump": open /tmp/checkpoint1/status.dump: no such file or directory'
      const involvedObject = { kind: 'Pod', namespace, name, uid }
      store.put('events', {
        metadata: { name: `${name}.1`, namespace },
        type: 'Warning',
        reason: 'Failed',
        message,
        involvedObject,
      } as never)
    }
    const { clock } = bench
    const now = () => {
      tell()
      return clock.now()
    }
    const context = { ...bench.context, clock: { ...clock, now } }
    const run = applyRestore(planned, { timeoutSeconds: 60 }, context, signal())
    await rejects(finish(run), {
      code: 'RESTORE_FAILED',
      message: /has no status\.dump/,
      hint: /containerd 2\.1 or later/,
    })
  })

  it('waits no longer than it may, and removes a pod that says nothing', async () => {
    await pushFixture('containerd-miner')
    const planned = await plan()
    bench.standIn.faults.podWaiting = 'ContainerCreating'
    await rejects(apply(planned, 30), {
      code: 'RESTORE_FAILED',
      message: /it was not ready after 30 s: ContainerCreating/,
    })
    deepEqual(made(), [])
  })

  it('removes the pod where it is stopped, and says so if it cannot', async () => {
    await pushFixture('containerd-miner')
    const planned = await plan()
    bench.standIn.faults.podWaiting = 'ContainerCreating'
    bench.standIn.faults.forbidden.add('delete pods')
    const run = applyRestore(planned, { timeoutSeconds: 30 }, bench.context, signal())
    const events = await Array.fromAsync(run)
    await rejects(run.result, { code: 'RESTORE_FAILED' })
    ok(events.some((event) => event.type === 'notice' && event.notice.kind === 'object-left'))
  })

  it('does without events for whoever may not see them', async () => {
    await pushFixture('containerd-miner')
    bench.standIn.faults.forbidden.add('list events')
    equal((await apply(await plan())).result.container, 'cache')
  })

  it('names the role for whoever lacks a right', async () => {
    await pushFixture('containerd-miner')
    const planned = await plan()
    bench.standIn.faults.forbidden.add('create pods')
    await rejects(apply(planned), (error: { code?: string; fix?: { commands?: string[] } }) => {
      equal(error.code, 'FORBIDDEN')
      match(error.fix?.commands?.join('') ?? '', /rbac restore/)
      return true
    })
  })

  it('wants a place for the image of an archive that is none', async () => {
    await rejects(plan({ archive: fixture('containerd-miner') }), {
      code: 'IMAGE_TARGET_INVALID',
      hint: /--tag oci:/,
    })
    const request = { archive: fixture('containerd-miner'), image: 'oci:./folder' }
    await rejects(plan(request), { code: 'IMAGE_TARGET_INVALID' })
  })

  it('makes the image of an archive that is none, and restores it by its digest', async () => {
    const planned = await plan({ archive: fixture('containerd-miner'), image })
    deepEqual([planned.needsImage, registry.tags.size], [true, 0])
    const run = applyRestore(
      planned,
      { timeoutSeconds: 60, allowsOpenRegistry: true },
      bench.context,
      signal(),
    )
    const { result } = await finish(run)
    const digest = registry.tags.get('1')
    ok(digest)
    equal(result.image, `${registry.host}/shop/web@${digest}`)
    match(JSON.stringify(made()[0]?.spec), new RegExp(`"image":"${result.image}"`))
  })

  it('pushes nothing to a registry that lets everybody in, unless told to', async () => {
    await rejects(apply(await plan({ archive: fixture('containerd-miner'), image })), {
      code: 'REGISTRY_OPEN',
    })
    deepEqual(made(), [])
  })

  it('plans a deployment, of which no pod ends for good', async () => {
    await pushFixture('containerd-miner')
    const { manifest, blockers } = await plan({ as: 'deployment', name: 'warm', node: 'node-b' })
    deepEqual(blockers, [])
    const { kind, spec } = manifest as unknown as DeploymentManifest
    equal(kind, 'Deployment')
    deepEqual(spec.selector.matchLabels, { 'kubectl-checkpoint/restored': 'warm' })
    equal(spec.template.metadata.labels?.['kubectl-checkpoint/restored'], 'warm')
    match(JSON.stringify(spec.template.spec), /"nodeAffinity".*"values":\["node-b"\]/)
    const { store } = bench.standIn
    const pod = store.find('pods', 'shop', 'miner-a')
    ok(pod)
    store.put('pods', { ...pod, spec: { ...pod.spec, restartPolicy: 'Never' } } as never)
    deepEqual(
      (await plan({ as: 'deployment' })).blockers.map(({ id }) => id),
      ['restart-policy'],
    )
  })
})
