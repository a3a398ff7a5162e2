import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { DoctorReport } from '@kubectl-checkpoint/core/documents'
import { cli } from '../support/cli.ts'
import { apply, kubectl } from '../support/kubectl.ts'
import { nodeFile, runOnNode } from '../support/own-cluster.ts'
import { idlePod, startPods, svcPod, useNamespace } from '../support/workloads.ts'

const stopsItsChild = 'sleep 1000 & kill -STOP $!; while :; do sleep 1; done'

describe('kubectl checkpoint doctor POD', () => {
  const namespace = useNamespace()

  before('starts pods, and waits until the kubelet has measured what they use', async function () {
    this.timeout(90_000)
    await startPods(
      namespace,
      svcPod('svc', { node: 'node-b' }),
      svcPod('svc-tcp', { node: 'node-b', env: { TCP: '1' } }),
      idlePod('stopped', { node: 'node-b', command: ['sh', '-c', stopsItsChild] }),
    )
    const isMeasured = async (pod: string) =>
      (await allChecks(pod)).find(({ id }) => id === 'memory')?.status !== 'warning'
    while (!(await isMeasured('svc')) || !(await isMeasured('svc-tcp'))) await setTimeout(1_000)
  })

  const allChecks = async (pod: string) => {
    const { stdout, stderr } = await cli('doctor', pod, '--namespace', namespace, '--output', 'json')
    assert.notEqual(stdout, '', stderr)
    const report: DoctorReport = JSON.parse(stdout)
    const [container] = report.containers
    assert.equal(container?.pod, pod)
    return container.checks
  }
  const examine = async (pod: string) => (await allChecks(pod)).filter(({ status }) => status !== 'ok')

  const checkpoint = async (pod: string) => (await cli(pod, '--namespace', namespace)).code

  it('finds nothing in a container of many kernel objects, whose checkpoint works', async () => {
    assert.deepEqual(await examine('svc'), [])
    assert.equal(await checkpoint('svc'), 0)
  })

  it('compares the memory of a container with the room for archives', async () => {
    const archives = '/var/lib/kubelet/checkpoints'
    const found = await allChecks('svc').then((checks) => checks.find(({ id }) => id === 'memory'))
    assert.match(found?.evidence.join('\n') ?? '', /^[\d.]+ MiB, and .* of changed files\n.* are free at /)
    await runOnNode('node-b', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', archives)
    try {
      const [memory] = await examine('svc')
      assert.deepEqual([memory?.id, memory?.status], ['memory', 'failure'])
      assert.notEqual(await checkpoint('svc'), 0)
    } finally {
      await runOnNode('node-b', 'umount', archives)
    }
  })

  it('finds a container that does not run, beside one that does, and a name of nothing', async () => {
    await apply(namespace, idlePod('ended', { node: 'node-b', command: ['true'], restartPolicy: 'Never' }))
    await kubectl(
      'wait',
      '--for=jsonpath={.status.containerStatuses[0].state.terminated}',
      'pod/ended',
      '--namespace',
      namespace,
      '--timeout=60s',
    )
    const argv = ['svc', 'ended', 'no-such-pod', '--namespace', namespace, '--output', 'json']
    const { stdout, stderr, code } = await cli('doctor', ...argv)
    const report: DoctorReport = JSON.parse(stdout)
    const stateOf = (pod: string) => report.containers.find((one) => one.pod === pod)?.checks[0]?.status
    assert.deepEqual([stateOf('svc'), stateOf('ended'), code], ['ok', 'failure', 6])
    assert.deepEqual(
      report.failures.map(({ item }) => item),
      ['no-such-pod'],
    )
    assert.match(stderr, /there is no pod no-such-pod/)
  })

  it('finds a process that is stopped', async () => {
    const found = (await examine('stopped')).filter(({ status }) => status === 'failure')
    assert.deepEqual(
      found.map(({ id }) => id),
      ['stopped-processes'],
    )
    assert.match(found[0]?.evidence.join('\n') ?? '', /^PID \d+ \(.*\) is stopped$/)
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
