import { equal } from 'node:assert/strict'
import fc from 'fast-check'
import { parseNamePattern } from '../../../src/actions/files/name-pattern.ts'

const cases: readonly (readonly [pattern: string, name: string, matches: boolean])[] = [
  ['*.log', 'a.log', true],
  ['*.log', 'a.log.1', false],
  ['?', 'é', true],
  ['?', '𝒳', true],
  ['?', '', false],
  ['[a-c]x', 'bx', true],
  ['[!a-c]x', 'bx', false],
  ['[^a-c]x', 'dx', true],
  ['[]]', ']', true],
  ['[', '[', true],
  ['a[', 'a[', true],
  ['\\*', '*', true],
  ['\\*', 'x', false],
  ['*', '', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a.c', 'abc', false],
  ['x', 'x\n', false],
]

describe('parseNamePattern', () => {
  for (const [pattern, name, matches] of cases) {
    it(`${JSON.stringify(pattern)} ${matches ? 'matches' : 'does not match'} ${JSON.stringify(name)}`, () => {
      equal(parseNamePattern(pattern)(name), matches)
    })
  }
  it('agrees with regular expressions', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 })
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
    fc.assert(
      fc.property(patterns, letters, (pattern, name) => {
        const model = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        equal(parseNamePattern(pattern)(name), model.test(name))
      }),
      { numRuns: 2000 },
    )
  })
  it('is quick about names that nearly match', () => {
    equal(parseNamePattern(`${'*a'.repeat(20)}b`)('a'.repeat(20_000)), false)
  }).timeout(5_000)
})
