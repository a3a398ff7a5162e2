import assert from 'node:assert/strict'
import { parseDuration, parseWholeSeconds } from '../../src/flags/duration.ts'
import { UsageError } from '../../src/usage-error.ts'

describe('parseDuration', () => {
  for (const [text, seconds] of [
    ['90s', 90],
    ['5m', 300],
    ['1h30m', 5400],
    ['1.5m', 90],
    ['1500ms', 1.5],
    ['42', 42],
    ['0', 0],
  ] as const) {
    it(`reads ${text} as ${seconds} seconds`, () => {
      assert.equal(parseDuration('timeout', text), seconds)
    })
  }

  for (const text of ['', 'soon', '-5s', '5 m', '5d', '1m30', '1e3', 's']) {
    it(`refuses ${JSON.stringify(text)}, and names the flag`, () => {
      assert.throws(() => parseDuration('timeout', text), {
        code: 'USAGE',
        message: `--timeout: ${JSON.stringify(text)} is not a duration such as 90s, 5m or 1h30m`,
      })
    })
  }
})

describe('parseWholeSeconds', () => {
  it('rounds up', () => {
    assert.equal(parseWholeSeconds('timeout', '1500ms'), 2)
  })

  it('refuses zero', () => {
    assert.throws(() => parseWholeSeconds('timeout', '0s'), UsageError)
  })
})
