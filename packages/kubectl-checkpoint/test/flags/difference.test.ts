import assert from 'node:assert/strict'
import { parseAspects } from '../../src/flags/difference.ts'

describe('parseAspects', () => {
  it('reads lists and repeated flags', () => {
    assert.equal(parseAspects(undefined), undefined)
    assert.deepEqual(parseAspects(['env,files', 'mounts']), new Set(['env', 'files', 'mounts']))
  })

  it('refuses what there is not, and says what there is', () => {
    assert.throws(() => parseAspects(['env,toString']), {
      code: 'USAGE',
      message: '--only: there is no "toString"',
      hint: /^There are container, processes, /,
    })
  })
})
