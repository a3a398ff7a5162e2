import assert from 'node:assert/strict'
import type { ActionEvent } from '@kubectl-checkpoint/core/actions'
import { noProgress, reduceProgress } from '../../src/output/progress.ts'
import { createStepLog } from '../../src/output/step-log.ts'

const item = (index: number) => `shop/web-${index}/app`
const progressOf = (count: number) =>
  Array.from({ length: count }, (_, index) => index).reduce(
    (progress, index) => reduceProgress(progress, { type: 'phase', item: item(index), phase: 'waiting' }, 0),
    noProgress,
  )
const step: ActionEvent = { type: 'phase', item: item(0), phase: 'checkpointing' }
const skipped = (pod: string): ActionEvent => ({
  type: 'notice',
  notice: { kind: 'pod-skipped', pod, reason: 'ended' },
})

describe('createStepLog', () => {
  it('tells each step of a few items, and none of a crowd', () => {
    const log = createStepLog()
    assert.equal(log.lineFor(step, progressOf(20), 0), 'shop/web-0/app: checkpointing')
    assert.equal(log.lineFor(step, progressOf(21), 0), undefined)
  })

  it('shows five notes of a kind, and counts the rest', () => {
    const log = createStepLog()
    const lines = Array.from({ length: 500 }, (_, index) =>
      log.lineFor(skipped(`web-${index}`), noProgress, 0),
    )
    assert.equal(lines.filter((line) => line !== undefined).length, 5)
    assert.deepEqual(log.end(), ['495 more notes like the last of them, note: web-499: left out: ended'])
  })

  it('counts none where all were shown', () => {
    const log = createStepLog()
    log.lineFor(skipped('web-0'), noProgress, 0)
    assert.deepEqual(log.end(), [])
  })

  it('shows every note on an archive that somebody may look for', () => {
    const log = createStepLog()
    const notice = { kind: 'archive-stays', archive: 'node-a:a.tar' } as const
    const lines = Array.from({ length: 50 }, () => log.lineFor({ type: 'notice', notice }, noProgress, 0))
    assert.ok(lines.every((line) => line !== undefined))
    assert.deepEqual(log.end(), [])
  })
})
