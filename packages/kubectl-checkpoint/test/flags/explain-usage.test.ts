import assert from 'node:assert/strict'
import { explainUsage } from '../../src/flags/explain-usage.ts'

const help = 'See: kubectl checkpoint inspect --help'

describe('explainUsage', () => {
  for (const [message, argv, explained] of [
    ['Unknown argument: fetch', ['inspect', 'a.tar', '--fetch=true'], 'inspect has no flag --fetch'],
    ['Unknown argument: l', ['inspect', 'a.tar', '-l', 'x'], 'inspect has no flag -l'],
    [
      'Unknown arguments: b, fetch',
      ['version', 'b', 'fetch'],
      'inspect takes no arguments; surplus: b, fetch',
    ],
    ['Missing dependent arguments:\n a -> b c -> d', [], '--a needs --b'],
    ['Not enough arguments following: to', [], '--to needs a value'],
    ['Not enough non-option arguments: got 0, need at least 1', [], 'name an archive'],
    ['Words that\n nobody foresaw', [], 'Words that nobody foresaw'],
  ] as const) {
    it(`words: ${message}`, () => {
      const error = explainUsage(message, argv, 'inspect', help)
      assert.equal(error.message, explained)
      assert.equal(error.hint, help)
    })
  }
})
