import assert from 'node:assert/strict'
import { parseMilliseconds, parseWholeSeconds } from '../../src/flags/duration.ts'
import { UsageError } from '../../src/usage-error.ts'

describe('parseMilliseconds', () => {
  for (const [text, milliseconds] of [
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1.5m', 90_000],
    ['1500ms', 1500],
    ['42', 42_000],
    ['0', 0],
    ['2.01s', 2010],
    ['9ms', 9],
    ['0.1ms', 1],
    ['1.1h', 3_960_000],
    ['2147483647ms', 2_147_483_647],
  ] as const) {
    it(`reads ${text} as ${milliseconds} ms`, () => {
      assert.equal(parseMilliseconds('timeout', text), milliseconds)
    })
  }

  for (const text of ['600h', '2147483648ms', '9'.repeat(400)]) {
    it(`refuses ${text.slice(0, 20)}, which no timer can count`, () => {
      assert.throws(() => parseMilliseconds('timeout', text), {
        code: 'USAGE',
        message: `--timeout: "${text}" is too long: 596h is the longest`,
      })
    })
  }

  for (const text of ['', 'soon', '-5s', '5 m', '5d', '1m30', '1e3', 's']) {
    it(`refuses ${JSON.stringify(text)}, and names the flag`, () => {
      assert.throws(() => parseMilliseconds('timeout', text), {
        code: 'USAGE',
        message: `--timeout: ${JSON.stringify(text)} is not a duration such as 90s, 5m or 1h30m`,
      })
    })
  }
})

describe('parseWholeSeconds', () => {
  it('rounds up', () => {
    assert.equal(parseWholeSeconds('timeout', '1500ms'), 2)
    assert.equal(parseWholeSeconds('timeout', '1.1h'), 3960)
  })

  it('refuses zero', () => {
    assert.throws(() => parseWholeSeconds('timeout', '0s'), UsageError)
  })
})
