import assert from 'node:assert/strict'
import { checkFlags } from '../../src/flags/check-flags.ts'

describe('checkFlags', () => {
  it('lets known flags, their values and other words pass', () => {
    checkFlags(['web-0', '--fetch', '-A=true', '--direct=false', '--to=a=b', '-o', 'name', '-', ''], '')
  })

  it('lets anything stand behind --', () => {
    checkFlags(['--', '--frobnicate'], '')
  })

  for (const [word, message, hint] of [
    ['--fecth', 'unknown flag --fecth', 'Did you mean --fetch? help'],
    ['--frobnicate=1', 'unknown flag --frobnicate', 'help'],
    ['-x', 'unknown flag -x', 'help'],
    ['--help=no', '--help is on or off, not "no"', 'help'],
    ['-A=', '-A is on or off, not ""', 'help'],
    [
      '--fetch=my files',
      '--fetch is on or off, not "my files"',
      "To fetch into a folder, use --to 'my files'",
    ],
  ] as const) {
    it(`refuses ${word}`, () => {
      assert.throws(() => checkFlags([word], 'help'), { code: 'USAGE', message, hint })
    })
  }
})
