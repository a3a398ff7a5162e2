import assert from 'node:assert/strict'
import { startCli } from '../support/cli.ts'
import { kubectl } from '../support/kubectl.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

describe('kubectl checkpoint, interrupted', () => {
  const namespace = useNamespace()

  before('starts a pod whose checkpoint takes seconds', () =>
    startPods(namespace, appPod('large', { megabytes: 512 })),
  )

  it('ends with 130, says what it did not do, and leaves no pod of its own', async () => {
    const running = await startCli(['large', '--namespace', namespace])
    await running.stderrMatches(/checkpointing/)
    running.kill('SIGINT')
    const { code, stdout, stderr } = await running.ended
    assert.equal(code, 130, stderr)
    assert.equal(stdout, '')
    assert.match(stderr, /^error: .*large\/large: cancelled$/m)
    const readers = '--selector=app.kubernetes.io/managed-by=kubectl-checkpoint'
    await kubectl('wait', '--for=delete', 'pod', readers, '--namespace', namespace, '--timeout=15s')
  })
})
