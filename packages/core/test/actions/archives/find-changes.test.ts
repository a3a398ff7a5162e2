import { deepEqual } from 'node:assert/strict'
import { findChanges } from '../../../src/actions/archives/find-changes.ts'
import type { NodeArchive } from '../../../src/documents/index.ts'

const archive = (name: string, more: Partial<NodeArchive> = {}): NodeArchive => ({
  archive: `node-a:${name}`,
  node: 'node-a',
  path: `/var/lib/kubelet/checkpoints/${name}`,
  sizeBytes: 2048,
  modifiedAt: '2026-11-23T11:00:00Z',
  inode: '100',
  state: 'complete',
  podStatus: 'running',
  ...more,
})

describe('findChanges', () => {
  it('tells what came, what changed and what is gone, and nothing of what is as it was', () => {
    const pinned = archive('b.tar', { pin: { kind: 'manual' } })
    const changes = findChanges(
      [archive('a.tar'), archive('b.tar'), archive('d.tar')],
      [archive('a.tar'), pinned, archive('c.tar')],
    )
    deepEqual(changes, [
      { type: 'MODIFIED', archive: pinned },
      { type: 'ADDED', archive: archive('c.tar') },
      { type: 'DELETED', archive: archive('d.tar') },
    ])
  })

  it('takes a file that came in the place of another for a change', () => {
    const after = archive('a.tar', { inode: '101' })
    deepEqual(findChanges([archive('a.tar')], [after]), [{ type: 'MODIFIED', archive: after }])
  })
})
