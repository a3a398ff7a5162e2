import assert from 'node:assert/strict'
import { bytes, duration, percent } from '../../src/output/units.ts'

describe('bytes', () => {
  it('counts in powers of 1024', () => {
    assert.deepEqual([0, 1536, 17 * 1024 ** 2, 2.1 * 1024 ** 3].map(bytes), [
      '0 B',
      '1.5 KiB',
      '17 MiB',
      '2.1 GiB',
    ])
  })

  it('goes on to the next unit where rounding reaches it', () => {
    assert.deepEqual([1023, 1024 ** 2 - 1, 1024 ** 2 - 60].map(bytes), ['1023 B', '1 MiB', '1023.9 KiB'])
  })

  it('shows whatever size an archive claims', () => {
    assert.deepEqual([2 ** 53, 2 ** 63].map(bytes), ['8 PiB', '8192 PiB'])
  })
})

describe('duration', () => {
  it('shows tenths below ten seconds, and whole seconds from there', () => {
    assert.deepEqual([0, 420, 9_940, 9_960, 125_400, 3_600_000].map(duration), [
      '0.0s',
      '0.4s',
      '9.9s',
      '10s',
      '2m 5s',
      '1h',
    ])
  })
})

describe('percent', () => {
  it('shows a tenth, and never nothing for something', () => {
    assert.equal(percent(1, 3), '33.3 %')
    assert.equal(percent(1, 1_000_000), '<0.1 %')
    assert.equal(percent(0, 10), '0.0 %')
    assert.equal(percent(0, 0), '100.0 %')
  })
})
