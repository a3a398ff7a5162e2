import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { readJson, takeCheckpoints } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import { idlePod, startPods, useNamespace } from '../support/workloads.ts'

describe('kubectl checkpoint POD --fetch', () => {
  const namespace = useNamespace()
  const folder = useFolder()

  before('starts a pod', () => startPods(namespace, idlePod('web-0', { container: 'app' })))

  it('brings home an archive with the digest it prints, which inspect can read', async () => {
    const [fetched] = await takeCheckpoints('web-0', '--namespace', namespace, '--fetch', '--to', folder)
    const { path = '', sha256 } = fetched?.local ?? {}
    assert.equal(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
      sha256,
    )

    const { container, processes } = await readJson<Inspection>(['inspect', path])
    assert.deepEqual(
      { namespace: container?.namespace, pod: container?.pod, container: container?.name },
      { namespace, pod: 'web-0', container: 'app' },
    )
    assert.deepEqual(processes[0]?.args, ['tail', '-f', '/dev/null'])
  })
})
