import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cli } from '../support/cli.ts'
import { idlePod, startPods, useNamespace } from '../support/workloads.ts'

describe('kubectl checkpoint POD --fetch', () => {
  const namespace = useNamespace()
  let folder: string

  before('starts a pod, and makes a folder for its archive', async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-'))
    await startPods(namespace, idlePod('web-0', { container: 'app' }))
  })

  after('removes the folder', () => rm(folder, { recursive: true }))

  it('brings home an archive with the digest it prints, which inspect can read', async () => {
    const fetched = await cli(
      'web-0',
      '--namespace',
      namespace,
      '--fetch',
      '--to',
      folder,
      '--output',
      'json',
    )
    assert.equal(fetched.code, 0, fetched.stderr)
    const { path, sha256 } = JSON.parse(fetched.stdout).items[0].local
    assert.equal(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
      sha256,
    )

    const inspected = await cli('inspect', path, '--output', 'json')
    assert.equal(inspected.code, 0, inspected.stderr)
    const { container, processes } = JSON.parse(inspected.stdout)
    assert.deepEqual(
      { namespace: container.namespace, pod: container.pod, container: container.name },
      { namespace, pod: 'web-0', container: 'app' },
    )
    assert.deepEqual(processes[0].args, ['sleep', '1000000'])
  })
})
