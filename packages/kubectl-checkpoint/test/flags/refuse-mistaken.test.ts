import assert from 'node:assert/strict'
import { refuseMistaken } from '../../src/flags/refuse-mistaken.ts'

const refuse = (...targets: readonly string[]) =>
  refuseMistaken(targets, 'kubectl checkpoint', (path) => path === './dump.img' || path === 'web')

describe('refuseMistaken', () => {
  for (const [targets, message, hint] of [
    [['inspct', './x.tar'], 'inspct: did you mean inspect?', 'If it is a pod, write pod/inspct'],
    [['fiels', 'ls', 'x.tar'], 'fiels: did you mean files?', 'If it is a pod, write pod/fiels'],
    [
      ['./x y.tar'],
      './x y.tar is a file, not a pod',
      "To look inside: kubectl checkpoint inspect './x y.tar'",
    ],
    [
      ['web-0', 'a.tar.zst'],
      'a.tar.zst is a file, not a pod',
      'To look inside: kubectl checkpoint inspect a.tar.zst',
    ],
    [
      ['./dump.img'],
      './dump.img is a file, not a pod',
      'To look inside: kubectl checkpoint inspect ./dump.img',
    ],
  ] as const) {
    it(`refuses: ${targets.join(' ')}`, () => {
      assert.throws(() => refuse(...targets), { name: 'UsageError', message, hint })
    })
  }

  for (const targets of [
    [],
    ['inspct'],
    ['fetch-0', 'web-0'],
    ['pod/inspct', 'web-0'],
    ['web', 'api'],
    ['web.shop'],
  ]) {
    it(`leaves to the cluster: ${targets.join(' ')}`, () => {
      assert.doesNotThrow(() => refuse(...targets))
    })
  }
})
