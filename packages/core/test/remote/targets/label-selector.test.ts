import assert from 'node:assert/strict'
import { formatLabelSelector } from '../../../src/remote/targets/label-selector.ts'

describe('formatLabelSelector', () => {
  it('writes every operator as a query takes it', () => {
    const selector = {
      matchLabels: { app: 'web', tier: 'front' },
      matchExpressions: [
        { key: 'track', operator: 'In', values: ['a', 'b'] },
        { key: 'zone', operator: 'NotIn', values: ['x'] },
        { key: 'ready', operator: 'Exists' },
        { key: 'canary', operator: 'DoesNotExist' },
      ],
    }
    assert.equal(
      formatLabelSelector(selector),
      'app=web,tier=front,track in (a,b),zone notin (x),ready,!canary',
    )
  })

  it('writes nothing for an empty selector', () => {
    assert.equal(formatLabelSelector({}), '')
  })
})
