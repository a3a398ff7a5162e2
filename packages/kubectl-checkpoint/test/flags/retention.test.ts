import assert from 'node:assert/strict'
import { parseAge } from '../../src/flags/age.ts'
import { parseQuantity } from '../../src/flags/quantity.ts'
import { prunePolicy } from '../../src/flags/retention.ts'

describe('parseAge', () => {
  it('reads days and weeks, and what is made of several units', () => {
    const hour = 3_600_000
    for (const [text, hours] of [
      ['12h', 12],
      ['7d', 168],
      ['2w', 336],
      ['1d12h', 36],
      ['90m', 1.5],
      ['3600s', 1],
    ] as const)
      assert.equal(parseAge('older-than', text), hours * hour)
  })
  it('refuses what could mean something else', () => {
    for (const text of ['7', '0d', '', 'd', '7 d', '7D', '-7d', '1.5d', '1month', '7d '])
      assert.throws(() => parseAge('older-than', text), { code: 'USAGE', message: /^--older-than: / })
  })
})

describe('parseQuantity', () => {
  it('reads sizes as Kubernetes writes them', () => {
    for (const [text, bytes] of [
      ['10Gi', 10 * 1024 ** 3],
      ['1.5Ki', 1536],
      ['500M', 500_000_000],
      ['2k', 2000],
      ['1048576', 1048576],
    ] as const)
      assert.equal(parseQuantity('max-size', text), bytes)
  })
  it('refuses what it would have to guess, and nothing at all', () => {
    for (const text of [
      '10GB',
      '10gi',
      '10K',
      '10m',
      '0',
      '0.1',
      '',
      'Gi',
      '-1Gi',
      '1e9',
      '9999999Pi',
      ' 1Gi',
    ])
      assert.throws(() => parseQuantity('max-size', text), { code: 'USAGE', message: /^--max-size: / })
  })
})

describe('prunePolicy', () => {
  const none = { keep: undefined, 'older-than': undefined, 'max-size': undefined, per: 'container' }

  it('has what was said, and nothing else', () => {
    assert.deepEqual(prunePolicy({ ...none, keep: '3' }), { keep: 3, per: 'container' })
    assert.deepEqual(prunePolicy({ ...none, 'older-than': '1d', 'max-size': '1Ki', per: 'node' }), {
      olderThanMs: 86_400_000,
      maxBytes: 1024,
      per: 'node',
    })
  })
  it('refuses to delete without a reason', () => {
    assert.throws(() => prunePolicy(none), { code: 'USAGE', message: 'nothing says what to delete' })
  })
  it('refuses numbers and groups that there are not', () => {
    for (const keep of ['0', '-1', '1.5', 'all', '01'])
      assert.throws(() => prunePolicy({ ...none, keep }), { code: 'USAGE', message: /^--keep: / })
    assert.throws(() => prunePolicy({ ...none, keep: '1', per: 'cluster' }), {
      code: 'USAGE',
      message: '--per: "cluster" is none of container, pod, namespace, node',
    })
  })
})
