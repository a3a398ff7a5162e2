import assert from 'node:assert/strict'
import { dropDoubleDash } from '../../src/flags/drop-double-dash.ts'

describe('dropDoubleDash', () => {
  for (const [argv, words] of [
    [
      ['a', '-A', '--', 'b'],
      ['a', '-A', 'b'],
    ],
    [['--', 'a'], ['a']],
    [
      ['--to=x', '--', 'n'],
      ['--to=x', 'n'],
    ],
    [
      ['n', '--', 'a'],
      ['n', 'a'],
    ],
    [['a'], ['a']],
  ] as const) {
    it(`reads ${argv.join(' ')}`, () => {
      assert.deepEqual(dropDoubleDash(argv), words)
    })
  }

  for (const flag of ['--to', '-n']) {
    it(`gives ${flag} no value from behind it`, () => {
      assert.throws(() => dropDoubleDash(['a', flag, '--', 'b']), {
        code: 'USAGE',
        message: `${flag} needs a value`,
      })
    })
  }

  it('refuses a name with a dash in front, and says how to write a file', () => {
    assert.throws(() => dropDoubleDash(['inspect', '--', '-a.tar']), {
      code: 'USAGE',
      message: 'no pod, type or node is called -a.tar',
      hint: 'For a file of that name, write ./-a.tar',
    })
  })
})
