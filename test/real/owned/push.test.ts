import assert from 'node:assert/strict'
import type { BuiltImageDocument } from '@kubectl-checkpoint/core/documents'
import { cli, readJson, takeCheckpoints } from '../support/cli.ts'
import { apply, kubectl } from '../support/kubectl.ts'
import { registry, runOnNode } from '../support/own-cluster.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

/** The registry as nodes call it. */
const onNodes = 'localhost:5000'

describe('kubectl checkpoint push', () => {
  const namespace = useNamespace()
  const repository = `${namespace}/app`
  const image = `oci://${registry}/${repository}:ck`
  let archive: string
  let pushed: BuiltImageDocument

  const count = (pod: string) =>
    kubectl('exec', '--namespace', namespace, pod, '--', 'wget', '-qO-', '127.0.0.1:8080')

  before('checkpoints a program that has counted to two, and pushes from the node', async () => {
    await startPods(namespace, appPod('app', { node: 'node-a', megabytes: 20 }))
    assert.equal(await count('app'), 'counter: 1\n')
    assert.equal(await count('app'), 'counter: 2\n')
    const [taken] = await takeCheckpoints('app', '--namespace', namespace)
    archive = taken?.archive ?? assert.fail()
    pushed = await readJson<BuiltImageDocument>(['push', archive, image, '--plain-http', registry, '--yes'])
  })

  it('makes an image whose layer is the archive on the node', async () => {
    const [, file = ''] = archive.split(/:(.*)/)
    const sum = await runOnNode('node-a', 'sha256sum', `/var/lib/kubelet/checkpoints/${file}`)
    assert.equal(pushed.layer.digest, `sha256:${sum.split(' ')[0]}`)
  })

  it('is looked into where it is', async () => {
    const { stdout, code } = await cli('inspect', image, '--plain-http', registry)
    assert.equal(code, 0)
    assert.match(stdout, /^Container: +app$/m)
  })

  it('is an image to skopeo', async () => {
    const name = `docker://${onNodes}/${repository}:ck`
    const inspected = await runOnNode('node-a', 'skopeo', 'inspect', '--tls-verify=false', name)
    const { Architecture, Layers } = JSON.parse(inspected)
    assert.equal(`linux/${Architecture}`, pushed.platform)
    assert.deepEqual(Layers, [pushed.layer.digest])
    const raw = JSON.parse(
      await runOnNode('node-a', 'skopeo', 'inspect', '--raw', '--tls-verify=false', name),
    )
    assert.deepEqual(raw.annotations, pushed.annotations)
  })

  it('is restored by containerd on the other node, and counts on', async () => {
    const restored = appPod('restored', { node: 'node-b', image: `${onNodes}/${repository}:ck` })
    await apply(namespace, restored)
    const ready = ['wait', '--for=condition=Ready', 'pod/restored', '--timeout=60s']
    await kubectl(...ready, '--namespace', namespace)
    assert.equal(await count('restored'), 'counter: 3\n')
  })

  it('says what the registry did not take', async () => {
    const { code, stderr } = await cli('push', archive, image, '--plain-http', registry)
    assert.equal(code, 5)
    assert.match(stderr, /takes it from anybody/)
  })
})
