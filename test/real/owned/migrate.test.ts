import assert from 'node:assert/strict'
import type { Migration, MigrationPlan } from '@kubectl-checkpoint/core/documents'
import { cli, readJson } from '../support/cli.ts'
import { apply, kubectl } from '../support/kubectl.ts'
import { registry } from '../support/own-cluster.ts'
import { appPod, useNamespace } from '../support/workloads.ts'

describe('kubectl checkpoint migrate', () => {
  const namespace = useNamespace()
  const repository = `oci://${registry}/${namespace}/moved`
  const to = ['--to', 'node-b', '-r', repository, '--yes', '--plain-http', registry, '--namespace', namespace]

  const count = (pod: string) =>
    kubectl('exec', '--namespace', namespace, pod, '--', 'wget', '-qO-', '127.0.0.1:8080')
  const podsOf = async (label: string) => {
    const pods = JSON.parse(
      await kubectl('get', 'pods', '--namespace', namespace, '-l', label, '--output', 'json'),
    ) as {
      items: { metadata: { name: string; deletionTimestamp?: string }; spec: { nodeName: string } }[]
    }
    return pods.items
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata, spec }) => `${spec.nodeName} ${metadata.name}`)
  }
  const labelled = (name: string, node: string) => {
    const pod = appPod(name, { node, megabytes: 5 })
    return { ...pod, metadata: { ...pod.metadata, labels: { app: name } } }
  }
  const start = async (pod: { readonly metadata: { readonly name: string }; readonly spec: object }) => {
    await apply(namespace, pod)
    const { name } = pod.metadata
    await kubectl('wait', '--for=condition=Ready', `pod/${name}`, '--namespace', namespace, '--timeout=60s')
  }
  const fill = async () => {
    const pod = appPod('filler', { node: 'node-b', megabytes: 1 })
    const allocatable = await kubectl(
      'get',
      'node',
      'node-b',
      '--output',
      'jsonpath={.status.allocatable.cpu}',
    )
    const containers = pod.spec.containers.map((container) => ({
      ...container,
      resources: { requests: { cpu: `${Number(allocatable) * 1000 - 900}m` } },
    }))
    await start({ ...pod, spec: { ...pod.spec, containers } })
  }
  const archives = async () =>
    (await readJson<{ items: unknown[] }>(['get', '--namespace', namespace])).items.length

  it('moves a pod, which counts on, and leaves exactly one', async () => {
    await start(labelled('plain', 'node-a'))
    assert.equal(await count('plain'), 'counter: 1\n')
    const { moved, stayed } = await readJson<Migration>(['migrate', 'plain', ...to])
    assert.deepEqual(stayed, [])
    assert.equal(await count(moved[0]?.newPod ?? ''), 'counter: 2\n')
    assert.ok((moved[0]?.frozenMs ?? 0) > 0)
    assert.deepEqual(await podsOf('app=plain'), [`node-b ${moved[0]?.newPod}`])
    assert.equal(await archives(), 0)
  })

  it("has a deployment's pod adopted, and the old one removed by its controller", async () => {
    const pod = labelled('web', 'node-a')
    const { containers } = pod.spec
    const manifest = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers,
            affinity: {
              nodeAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                  {
                    weight: 100,
                    preference: {
                      matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-a'] }],
                    },
                  },
                ],
              },
            },
          },
        },
      },
    }
    await apply(namespace, manifest)
    await kubectl('rollout', 'status', 'deployment/web', '--namespace', namespace, '--timeout=60s')
    assert.equal(await count('deploy/web'), 'counter: 1\n')
    const { moved } = await readJson<Migration>(['migrate', 'deploy/web', ...to])
    assert.deepEqual(await podsOf('app=web'), [`node-b ${moved[0]?.newPod}`])
    assert.equal(await count('deploy/web'), 'counter: 2\n')
    const owner = await kubectl(
      'get',
      'pod',
      moved[0]?.newPod ?? '',
      '--namespace',
      namespace,
      '--output',
      'jsonpath={.metadata.ownerReferences[0].kind}',
    )
    assert.equal(owner, 'ReplicaSet')
  })

  for (const [what, argv, input] of [
    [
      'the registry is down',
      ['-r', 'oci://198.18.77.10:5999/moved', '--plain-http', '198.18.77.10:5999'],
      {},
    ],
    ['the target is full', [], { resources: { requests: { cpu: '1' } } }],
    ['the restore is refused', ['--wait', '1ms'], {}],
  ] as const) {
    it(`leaves the old pod, and nothing else, where ${what}`, async () => {
      const name = `stays-${what.split(' ').at(-1)}`
      if (what === 'the target is full') await fill()
      const pod = labelled(name, 'node-a')
      const containers = pod.spec.containers.map((container) => ({ ...container, ...input }))
      await start({ ...pod, spec: { ...pod.spec, containers } })
      await count(name)
      const { code, stderr } = await cli('migrate', name, ...to, ...argv)
      assert.ok(code === 7 || code === 8, stderr)
      assert.deepEqual(await podsOf(`app=${name}`), [`node-a ${name}`])
      const all = await kubectl('get', 'pods', '--namespace', namespace, '--output', 'name')
      assert.doesNotMatch(all, new RegExp(`${name}-restored`))
      assert.equal(await count(name), 'counter: 2\n')
      assert.equal(await archives(), 0)
    })
  }

  it('empties a node, one after the other, and knows when there is nothing left to do', async () => {
    const drain = ['migrate', 'node/node-b', ...to.slice(2)]
    const own = (moves: readonly { namespace: string; pod: string }[]) =>
      moves.filter((move) => move.namespace === namespace).map(({ pod }) => pod)
    await kubectl('delete', 'pod', '--namespace', namespace, '--ignore-not-found', 'filler')
    const plan = await readJson<MigrationPlan>([...drain, '--dry-run'])
    assert.equal(plan.emptied, 'node-b')
    assert.equal(own(plan.moves).length, 2)
    try {
      const { moved } = await readJson<Migration>(drain)
      assert.deepEqual(own(moved), own(plan.moves))
      assert.match((await podsOf('app=plain')).join(), /^node-a plain-/)
      assert.match((await podsOf('app=web')).join(), /^node-a web-/)
      assert.equal(await count('deploy/web'), 'counter: 3\n')
      assert.deepEqual(own((await readJson<Migration>(drain)).moved), [])
    } finally {
      await kubectl('uncordon', 'node-b')
    }
  })
})
