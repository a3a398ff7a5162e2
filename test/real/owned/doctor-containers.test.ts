import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DoctorReport } from '@kubectl-checkpoint/core/documents'
import { cli } from '../support/cli.ts'
import { nodeFile } from '../support/own-cluster.ts'
import { startPods, svcPod, useNamespace } from '../support/workloads.ts'

describe('kubectl checkpoint doctor POD', () => {
  const namespace = useNamespace()

  before('starts pods', () =>
    startPods(
      namespace,
      svcPod('svc', { node: 'node-b' }),
      svcPod('svc-tcp', { node: 'node-b', env: { TCP: '1' } }),
    ),
  )

  const examine = async (pod: string) => {
    const { stdout, stderr } = await cli('doctor', pod, '--namespace', namespace, '--output', 'json')
    assert.notEqual(stdout, '', stderr)
    const report: DoctorReport = JSON.parse(stdout)
    const [container] = report.containers
    assert.equal(container?.pod, pod)
    return container.checks.filter(({ status }) => status !== 'ok')
  }

  const checkpoint = async (pod: string) => (await cli(pod, '--namespace', namespace)).code

  it('finds nothing in a container of many kernel objects, whose checkpoint works', async () => {
    assert.deepEqual(await examine('svc'), [])
    assert.equal(await checkpoint('svc'), 0)
  })

  it('finds the connections that CRIU refuses, and nothing once the fix is there', async () => {
    const [check, ...others] = await examine('svc-tcp')
    assert.deepEqual([check?.id, others], ['tcp-connections', []])
    assert.match(check?.evidence.join('\n') ?? '', /127\.0\.0\.1:7001/)
    assert.equal(await checkpoint('svc-tcp'), 7)
    const { path, content } = check?.fix?.nodeFile ?? assert.fail()
    const file = await nodeFile('node-b', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
    try {
      assert.deepEqual(await examine('svc-tcp'), [])
      assert.equal(await checkpoint('svc-tcp'), 0)
    } finally {
      await rm(file)
    }
  })
})
