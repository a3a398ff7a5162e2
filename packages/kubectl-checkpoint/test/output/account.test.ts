import assert from 'node:assert/strict'
import { ActionError, type CapturedCheckpoint, type CaptureFailure } from '@kubectl-checkpoint/core/actions'
import { describeAccount } from '../../src/output/account.ts'

const checkpoint: CapturedCheckpoint = {
  namespace: 'shop',
  pod: 'web-0',
  container: 'app',
  node: 'node-a',
  path: '/a.tar',
  archive: 'node-a:/a.tar',
  startedAt: '2026-11-23T12:00:00.000Z',
  durationSeconds: 1,
}
const failure = (
  outcome: CaptureFailure['outcome'],
  found?: NonNullable<CaptureFailure['found']>,
): CaptureFailure => ({
  item: 'shop/web-0/app',
  error: new ActionError('CANCELLED', 'cancelled'),
  outcome,
  ...(found && { found }),
})

describe('describeAccount', () => {
  it('counts what became of each, and what nodes say of calls without an answer', () => {
    const failures = [
      failure('refused'),
      failure('unknown', { kind: 'archive-appeared', archive: 'node-a:b.tar', size: 1 }),
      failure('unknown', { kind: 'archive-growing', archive: 'node-a:c.tar', size: 1 }),
      failure('unknown', { kind: 'no-archive-appeared', node: 'node-a' }),
      failure('unknown', { kind: 'node-not-searched', node: 'node-b', reason: 'down' }),
      failure('not-started'),
      failure('not-started'),
      failure('not-fetched'),
    ]
    assert.equal(
      describeAccount({ checkpoints: [checkpoint, checkpoint], pods: [], failures }),
      'checkpoints: 2 taken (1 not fetched), 1 refused, 4 without an answer (1 written all the same, ' +
        '1 still being written, 1 without an archive so far, 1 on nodes that could not be searched), 2 never started\n',
    )
  })

  it('says nothing of one alone, nor where all were taken', () => {
    assert.equal(describeAccount({ checkpoints: [], pods: [], failures: [failure('refused')] }), '')
    assert.equal(
      describeAccount({ checkpoints: [checkpoint], pods: [], failures: [failure('not-fetched')] }),
      '',
    )
    assert.equal(describeAccount({ checkpoints: [checkpoint, checkpoint], pods: [], failures: [] }), '')
  })
})
