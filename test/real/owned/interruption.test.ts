import assert from 'node:assert/strict'
import { readdir, stat, watch } from 'node:fs/promises'
import { join } from 'node:path'
import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { readJson, startCli, takeCheckpoints } from '../support/cli.ts'
import { nodeFile, untilRuns } from '../support/own-cluster.ts'
import type { Running } from '../support/process.ts'
import { untilNoReaderPod } from '../support/readers.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

describe('kubectl checkpoint, interrupted', () => {
  const namespace = useNamespace()
  const prefix = `checkpoint-large_${namespace}-app-`
  let folder: string

  before('starts a pod whose checkpoint takes seconds', async () => {
    folder = await nodeFile('node-a', '/var/lib/kubelet/checkpoints')
    await startPods(namespace, appPod('large', { node: 'node-a', container: 'app', megabytes: 1536 }))
  })

  const archives = async () => (await readdir(folder)).filter((name) => name.startsWith(prefix))

  /** @returns what it says on stderr. */
  async function interrupt(running: Running): Promise<string> {
    running.kill('SIGINT')
    const { code, stdout, stderr } = await running.ended
    assert.equal(code, 130, stderr)
    assert.equal(stdout, '')
    assert.match(stderr, /^error: .*large\/app: cancelled \(CANCELLED\)$/m)
    await untilNoReaderPod(8)
    return stderr
  }

  it('says that there is no archive where the node has stopped', async () => {
    const running = await startCli(['large', '--namespace', namespace])
    await untilRuns('node-a', 'criu')
    const stderr = await interrupt(running)
    assert.match(stderr, /^note: .*large\/app: node-a has no new archive of this container so far$/m)

    // Possible only when the node is through with the one before.
    const [next] = await takeCheckpoints('large', '--namespace', namespace)
    assert.deepEqual(
      (await archives()).map((name) => `node-a:${name}`),
      [next?.archive],
    )
  })

  it('names the archive where the node has written one, when that is complete', async () => {
    const before = await archives()
    const appeared = nextFile(folder)
    const running = await startCli(['large', '--namespace', namespace])
    await appeared
    const stderr = await interrupt(running)
    const [name = '', ...others] = (await archives()).filter((found) => !before.includes(found))
    assert.deepEqual(others, [])
    assert.ok(stderr.includes(`: node-a:${name} (1.5 GiB)\n`), stderr)

    const { size } = await stat(join(folder, name))
    const { archive, processes } = await readJson<Inspection>(['inspect', `node-a:${name}`])
    assert.equal(archive.size, size)
    assert.equal(processes.length, 2)
  })
})

/** Resolves when a file is made in `folder`. */
async function nextFile(folder: string): Promise<void> {
  for await (const { eventType } of watch(folder)) if (eventType === 'rename') return
}
