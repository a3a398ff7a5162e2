import assert from 'node:assert/strict'
import type { ActionEvent } from '@kubectl-checkpoint/core/actions'
import { noProgress, reduceProgress } from '../../src/output/progress.ts'
import { describeStep, isPassing } from '../../src/output/steps.ts'

const item = 'shop/web-0/app'

describe('describeStep', () => {
  it('names the phase an item enters', () => {
    const event: ActionEvent = { type: 'phase', item, phase: 'starting-reader' }
    assert.equal(describeStep(event, noProgress, 0), 'shop/web-0/app: starting the reader pod')
  })

  it('says how long the work took', () => {
    const started = reduceProgress(noProgress, { type: 'phase', item, phase: 'checkpointing' }, 1_000)
    const event: ActionEvent = { type: 'phase', item, phase: 'done' }
    assert.equal(
      describeStep(event, reduceProgress(started, event, 3_500), 3_500),
      'shop/web-0/app: done in 2.5s',
    )
  })

  it('has no line for waiting and for bytes', () => {
    assert.equal(describeStep({ type: 'phase', item, phase: 'waiting' }, noProgress, 0), undefined)
    assert.equal(
      describeStep({ type: 'progress', item, doneBytes: 1, totalBytes: 2 }, noProgress, 0),
      undefined,
    )
  })

  it('says which item a notice is about', () => {
    const notice = { kind: 'no-archive-appeared', node: 'node-a' } as const
    assert.equal(
      describeStep({ type: 'notice', item: `${item}\x1b`, notice }, noProgress, 0),
      'note: shop/web-0/app\\x1b: node-a has no new archive of this container so far',
    )
  })

  it('escapes what a notice quotes', () => {
    const event: ActionEvent = {
      type: 'notice',
      notice: { kind: 'pod-skipped', pod: 'a', reason: '\x1b[2J\n' },
    }
    assert.equal(describeStep(event, noProgress, 0), 'note: a: left out: \\x1b[2J\\n')
  })
})

describe('isPassing', () => {
  it('holds for phases that the live view shows', () => {
    assert.equal(isPassing({ type: 'phase', item, phase: 'downloading' }), true)
    assert.equal(isPassing({ type: 'phase', item, phase: 'done' }), false)
    assert.equal(isPassing({ type: 'phase', item, phase: 'failed' }), false)
  })
})
