import { deepEqual, equal } from 'node:assert/strict'
import type { ActionEvent } from '../../src/actions/index.ts'
import { reportFailure } from '../../src/actions/item-failure.ts'
import { ClusterError } from '../../src/remote/cluster/index.ts'

describe('reportFailure', () => {
  const report = (cause: unknown, signal = new AbortController().signal) => {
    const events: ActionEvent[] = []
    const failure = reportFailure({ emit: (event) => events.push(event), signal }, 'shop/web-0/app', cause)
    deepEqual(events, [
      { type: 'phase', item: 'shop/web-0/app', phase: 'failed' },
      { type: 'failure', ...failure },
    ])
    return failure.error
  }

  it('passes on what was thrown on purpose', () => {
    const cause = new ClusterError('UNREACHABLE', 'no route')
    equal(report(cause), cause)
    equal(report(cause, AbortSignal.abort()), cause)
  })

  it('says INTERNAL of anything else, with its cause', () => {
    const cause = new TypeError('x is not a function')
    const error = report(cause)
    deepEqual(
      [error.code, error.message, error.cause],
      ['INTERNAL', 'shop/web-0/app: x is not a function', cause],
    )
    equal(report('a text').message, 'shop/web-0/app: a text')
  })

  it('says CANCELLED of the reason of the abort, whatever that is', () => {
    for (const reason of [new Error('Ctrl-C'), 'Ctrl-C', new ClusterError('API_FAILED', 'odd')]) {
      equal(report(reason, AbortSignal.abort(reason)).code, 'CANCELLED')
    }
  })
})
