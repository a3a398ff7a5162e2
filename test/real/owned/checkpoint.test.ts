import assert from 'node:assert/strict'
import { rm, stat, writeFile } from 'node:fs/promises'
import type { CapturedCheckpoint } from '@kubectl-checkpoint/core/actions'
import type { CheckpointList, NodeArchive } from '@kubectl-checkpoint/core/documents'
import { cli, readJson, takeCheckpoints } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import { apply, kubectl } from '../support/kubectl.ts'
import { type NodeName, nodeFile } from '../support/own-cluster.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

/** The archive's size on its node. */
async function sizeOnNode({ node, path }: CapturedCheckpoint): Promise<number> {
  return (await stat(await nodeFile(node as NodeName, path))).size
}

describe('kubectl checkpoint TARGET…', () => {
  const namespace = useNamespace()

  before('starts pods', async () => {
    const labels = { app: 'web' }
    const spread = {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: labels },
    }
    const { spec } = appPod('app', { spec: { topologySpreadConstraints: [spread] } })
    await apply(namespace, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    })
    const sidecar = {
      name: 'sidecar',
      image: 'localhost:5000/app:1',
      command: ['/bin/app', '8081'],
      restartPolicy: 'Always',
    }
    await startPods(
      namespace,
      appPod('several', { node: 'node-a', container: 'app', spec: { initContainers: [sidecar] } }),
      appPod('neighbour', { node: 'node-a', container: 'app' }),
    )
    await kubectl('rollout', 'status', 'deployment/web', '--namespace', namespace, '--timeout=60s')
  })

  const take = (...argv: readonly string[]) => takeCheckpoints(...argv, '--namespace', namespace)

  it("checkpoints a deployment's replicas on two nodes at once, each into an archive on its node", async () => {
    const { code, stdout, stderr } = await cli('deployment/web', '--namespace', namespace, '--output', 'json')
    assert.equal(code, 0, stderr)
    const items: readonly CapturedCheckpoint[] = JSON.parse(stdout).items
    assert.deepEqual(items.map(({ node }) => node).toSorted(), ['node-a', 'node-b'])
    for (const item of items) assert.ok((await sizeOnNode(item)) > 0, item.path)
    const steps = stderr.split('\n').map((line) => line.split(': ').at(-1))
    assert.ok(
      steps.lastIndexOf('checkpointing') < steps.findIndex((step) => step?.startsWith('done')),
      stderr,
    )
  })

  it('gives two commands in a row two archives', async () => {
    const taken = [...(await take('neighbour')), ...(await take('neighbour'))]
    assert.equal(new Set(taken.map(({ path }) => path)).size, 2)
    for (const item of taken) assert.ok((await sizeOnNode(item)) > 0, item.path)
  })

  describe('of a pod with a native sidecar and an ephemeral container', () => {
    before('starts the ephemeral container', async () => {
      const image = '--image=localhost:5000/app:1'
      const name = '--container=debugger'
      await kubectl('debug', 'several', image, name, '--namespace', namespace, '--', '/bin/app', '8082')
      const running = '--for=jsonpath={.status.ephemeralContainerStatuses[0].state.running}'
      await kubectl('wait', running, 'pod/several', '--namespace', namespace, '--timeout=30s')
    })

    it('takes all of them with --all-containers', async () => {
      const taken = await take('several', '--all-containers')
      assert.deepEqual(taken.map(({ container }) => container).toSorted(), ['app', 'debugger', 'sidecar'])
      for (const item of taken) assert.ok((await sizeOnNode(item)) > 0, item.path)
    })

    it('calls for all of them before one has answered, though the node takes one pod at a time', async () => {
      const list = await readJson<CheckpointList>([
        'several',
        '--all-containers',
        '--per-node=1',
        '--namespace',
        namespace,
      ])
      const [spread] = list.pods
      assert.deepEqual([spread?.pod, spread?.containers], ['several', 3])
      for (const { durationSeconds, container } of list.items) {
        assert.ok(durationSeconds > (spread?.spreadSeconds ?? 0), container)
      }
    })

    it('takes each by its name, and another pod of the same node with them', async () => {
      const taken = await take('several/sidecar', 'several/debugger', 'neighbour')
      assert.deepEqual(
        taken.map(({ node, pod, container }) => `${node} ${pod}/${container}`),
        ['node-a several/sidecar', 'node-a several/debugger', 'node-a neighbour/app'],
      )
    })
  })

  describe('with --annotate', () => {
    const annotations = async (): Promise<Record<string, string>> => {
      const { metadata } = JSON.parse(
        await kubectl('get', 'pod', 'neighbour', '--namespace', namespace, '--output', 'json'),
      )
      return metadata.annotations ?? {}
    }

    it('writes the time of the last checkpoint onto the pod', async () => {
      const [taken] = await take('neighbour', '--annotate')
      const written = await annotations()
      const time = taken?.startedAt.replace(/\.\d+Z$/, 'Z')
      assert.equal(written['kubectl-checkpoint/last-checkpoint'], time)
      assert.equal(written['last-checkpoint.kubectl-checkpoint/app'], time)
    })

    it('writes nothing without it', async () => {
      const before = await annotations()
      await take('neighbour')
      assert.deepEqual(await annotations(), before)
    })
  })

  describe('with --note', () => {
    const folder = useFolder()

    it('remembers the words, and shows them with the archive', async () => {
      const env = { XDG_DATA_HOME: folder }
      const argv = ['neighbour', '--namespace', namespace]
      const { items } = await readJson<CheckpointList>([...argv, '--note', 'before the upgrade'], { env })
      const found = await readJson<{ items: readonly NodeArchive[] }>(['get', ...argv], { env })
      assert.equal(
        found.items.find(({ archive }) => archive === items[0]?.archive)?.note,
        'before the upgrade',
      )
    })
  })

  describe('of a static pod', () => {
    let manifest: string

    before('starts it', async () => {
      manifest = await nodeFile('node-b', '/etc/kubernetes/manifests/static.json')
      const { metadata, ...pod } = appPod('static', { container: 'app' })
      await writeFile(manifest, JSON.stringify({ ...pod, metadata: { ...metadata, namespace } }))
      const mirror = ['pod/static-node-b', '--namespace', namespace, '--timeout=30s']
      await kubectl('wait', '--for=create', ...mirror)
      await kubectl('wait', '--for=condition=Ready', ...mirror)
    })

    after('removes it', async () => {
      await rm(manifest)
      await kubectl('wait', '--for=delete', 'pod/static-node-b', '--namespace', namespace, '--timeout=30s')
    })

    it("takes it by its mirror's name", async () => {
      const [taken] = await take('static-node-b')
      assert.ok(taken)
      assert.match(taken.archive, /^node-b:checkpoint-static-node-b_/)
      assert.ok((await sizeOnNode(taken)) > 0)
    })
  })
})
