import assert from 'node:assert/strict'
import { ActionError, type CaptureFailure, type CaptureResult } from '@kubectl-checkpoint/core/actions'
import { checkpointList } from '../../../core/src/documents/checkpoints.ts'
import { capturedView } from '../../src/output/captured.ts'

const unanswered = (found: NonNullable<CaptureFailure['found']>): CaptureFailure => ({
  item: 'shop/web-1/app',
  error: new ActionError('CANCELLED', 'cancelled', { hint: 'Look.' }),
  outcome: 'unknown',
  found,
})

const result: CaptureResult = {
  checkpoints: [
    {
      namespace: 'shop',
      pod: 'web-0',
      container: 'app',
      node: 'node-a',
      path: '/var/lib/kubelet/checkpoints/a.tar',
      archive: 'node-a:a.tar',
      startedAt: '2026-11-23T12:00:00.000Z',
      durationSeconds: 0.4,
      local: {
        path: './a.tar',
        size: 3,
        sha256: 'aa',
        transfer: { bytes: 3, keptBytes: 0 },
      },
    },
  ],
  pods: [{ namespace: 'shop', pod: 'web-0', containers: 2, spreadSeconds: 0.004 }],
  failures: [
    unanswered({ kind: 'archive-appeared', archive: 'node-a:b.tar', size: 1 }),
    unanswered({ kind: 'archive-growing', archive: 'node-a:b.tar', size: 1 }),
    unanswered({ kind: 'no-archive-appeared', node: 'node-a' }),
    unanswered({ kind: 'node-not-searched', node: 'node-a', reason: 'down' }),
  ],
}

describe('capturedView', () => {
  it('prints a document of the published schema, with what nodes say of calls without an answer', () => {
    const document = capturedView.toDocument(result)
    assert.deepEqual(checkpointList.parse(document), document)
    const { items, pods, failures } = checkpointList.parse(document)
    assert.deepEqual([items, pods], [result.checkpoints, result.pods])
    assert.deepEqual(
      failures.map(({ outcome, found }) => [outcome, found]),
      [
        ['unknown', { state: 'complete', archive: 'node-a:b.tar', sizeBytes: 1 }],
        ['unknown', { state: 'being-written', archive: 'node-a:b.tar', sizeBytes: 1 }],
        ['unknown', { state: 'none' }],
        ['unknown', { state: 'unknown', reason: 'down' }],
      ],
    )
  })
})
