import assert from 'node:assert/strict'
import { splitShortFlags } from '../../src/flags/split-short-flags.ts'

describe('splitShortFlags', () => {
  for (const [word, words] of [
    ['-nshop', ['-n', 'shop']],
    ['-ccache', ['-c', 'cache']],
    ['-lapp=web', ['-l', 'app=web']],
    ['-ojsonpath={.items[*].pod}', ['-o', 'jsonpath={.items[*].pod}']],
    ['-shttps://a:6443', ['-s', 'https://a:6443']],
    ['-o=json', ['-o=json']],
    ['-o', ['-o']],
    ['-Ah', ['-A', '-h']],
    ['-', ['-']],
    ['--fetch', ['--fetch']],
    ['web-0', ['web-0']],
    ['', ['']],
  ] as const) {
    it(`reads ${JSON.stringify(word)} as ${words.join(' ')}`, () => {
      assert.deepEqual(splitShortFlags(['a', word, 'b'], ''), ['a', ...words, 'b'])
    })
  }

  it('leaves what stands behind -- alone', () => {
    assert.deepEqual(splitShortFlags(['-oname', '--', '-nshop'], ''), ['-o', 'name', '--', '-nshop'])
  })

  for (const [word, hint] of [
    ['-fetch', 'Did you mean --fetch? help'],
    ['-namespace', 'Did you mean --namespace? help'],
    ['-hnshop', 'help'],
    ['-Ax', 'help'],
    ['-Ah=true', 'help'],
    ['-5', 'help'],
  ] as const) {
    it(`refuses ${word}`, () => {
      assert.throws(() => splitShortFlags([word], 'help'), {
        code: 'USAGE',
        message: `unknown flag ${word}`,
        hint,
      })
    })
  }
})
