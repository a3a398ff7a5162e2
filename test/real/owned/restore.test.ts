import assert from 'node:assert/strict'
import type { RestoredPod } from '@kubectl-checkpoint/core/documents'
import { cli, readJson, takeCheckpoints } from '../support/cli.ts'
import { kubectl } from '../support/kubectl.ts'
import { registry } from '../support/own-cluster.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

describe('kubectl checkpoint restore', () => {
  const namespace = useNamespace()
  const image = `oci://${registry}/${namespace}/app:ck`
  const plainHttp = ['--plain-http', registry, '--namespace', namespace]

  let archive = ''
  const data = { name: 'data', mountPath: '/data' }
  const withVolume = () => {
    const pod = appPod('app', { node: 'node-a', megabytes: 5 })
    const containers = pod.spec.containers.map((container) => ({ ...container, volumeMounts: [data] }))
    return { ...pod, spec: { ...pod.spec, containers, volumes: [{ name: 'data', emptyDir: {} }] } }
  }
  const count = (pod: string) =>
    kubectl('exec', '--namespace', namespace, pod, '--', 'wget', '-qO-', '127.0.0.1:8080')
  const remove = (...pods: string[]) => kubectl('delete', 'pod', ...pods, '--namespace', namespace)
  const podNames = async () =>
    (await kubectl('get', 'pods', '--namespace', namespace, '--output', 'name')).trim()

  before('pushes a checkpoint of a program that has counted to two', async () => {
    await startPods(namespace, withVolume())
    assert.equal(await count('app'), 'counter: 1\n')
    assert.equal(await count('app'), 'counter: 2\n')
    const [taken] = await takeCheckpoints('app', '--namespace', namespace)
    archive = taken?.archive ?? ''
    const pushed = await cli('push', archive, image, ...plainHttp, '--yes')
    assert.equal(pushed.code, 0, pushed.stderr)
  })

  it('makes a copy of the pod on another node, which counts on', async () => {
    const restored = await readJson<RestoredPod>(['restore', image, ...plainHttp, '--node', 'node-b'])
    assert.equal(restored.node, 'node-b')
    assert.equal(await count(restored.pod), 'counter: 3\n')
    await remove(restored.pod)
  })

  it('explains what failed where the pod lacks a volume, and removes what it made', async () => {
    await remove('app')
    await startPods(namespace, appPod('app', { node: 'node-a' }))
    const { code, stderr } = await cli('restore', image, ...plainHttp, '--node', 'node-b')
    assert.equal(code, 7, stderr)
    assert.match(stderr.replace(/\s+/g, ' '), /had a volume mounted that .* It was mounted at \/data\./)
    await remove('app')
    assert.equal(await podNames(), '')
  })

  it('restores what lies on the node as a deployment, pushing it first', async () => {
    const target = `oci://${registry}/${namespace}/app:again`
    const args = ['restore', archive, '--tag', target, '--yes', ...plainHttp, '--as', 'deployment']
    const restored = await readJson<RestoredPod>([...args, '--name', 'warm', '--node', 'node-b'])
    assert.equal(restored.deployment, 'warm')
    assert.equal(restored.node, 'node-b')
    assert.match(restored.image, /app@sha256:[0-9a-f]{64}$/)
    assert.equal(await count('deploy/warm'), 'counter: 3\n')
    await kubectl('delete', 'deployment', 'warm', '--namespace', namespace)
  })

  it('declares what the archive knows where the pod is gone', async () => {
    const { code, stdout, stderr } = await cli(
      'restore',
      image,
      ...plainHttp,
      '--node',
      'node-b',
      '--name',
      'again',
    )
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^again +app +node-b /m)
    assert.match(stderr, /^warning: \/data will be empty/m)
    assert.equal(await count('again'), 'counter: 3\n')
  })
})
