import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { mock } from 'node:test'
import type { Phase } from '@kubectl-checkpoint/core/actions'
import { plainReporter } from '../../src/output/plain-reporter.ts'

describe('plainReporter', () => {
  it('counts a crowd every ten seconds and at the end, in place of its steps', async () => {
    mock.timers.enable({ apis: ['Date'] })
    try {
      const stderr = new PassThrough()
      const reporter = plainReporter(stderr)
      const enter = (phase: Phase) => {
        for (let index = 0; index < 100; index++) {
          mock.timers.tick(phase === 'done' ? 250 : 0)
          reporter.report({ type: 'phase', item: `shop/web-${index}/app`, phase })
        }
      }
      enter('waiting')
      enter('checkpointing')
      enter('done')
      await reporter.end()
      stderr.end()
      assert.deepEqual((await text(stderr)).trimEnd().split('\n'), [
        '40 of 100 done, 60 in work',
        '80 of 100 done, 20 in work',
        '100 of 100 done',
      ])
    } finally {
      mock.timers.reset()
    }
  })
})
