import { deepEqual, throws } from 'node:assert/strict'
import type { Flags } from '../../src/flags/flag.ts'
import { buildFlagTable } from '../../src/flags/flag-table.ts'
import { readWords } from '../../src/flags/read-words.ts'

const group = 'Options:'
const flags: Flags = {
  namespace: { group, alias: 'n', type: 'string', describe: '' },
  output: { group, alias: 'o', type: 'string', describe: '' },
  to: { group, type: 'string', describe: '' },
  fetch: { group, type: 'boolean', describe: '' },
  'all-namespaces': { group, alias: 'A', type: 'boolean', describe: '' },
  help: { group, alias: 'h', type: 'boolean', describe: '' },
}

const read = (...argv: string[]) => readWords(argv, buildFlagTable([flags]), 'help')
const valuesOf = (...argv: string[]) =>
  Object.fromEntries([...read(...argv).flags].map(([name, { values }]) => [name, values]))

describe('readWords', () => {
  for (const [argv, values] of [
    [['--to', 'a'], { to: ['a'] }],
    [['--to=a=b'], { to: ['a=b'] }],
    [['--to', '-'], { to: ['-'] }],
    [['-n', 'shop'], { namespace: ['shop'] }],
    [['-nshop'], { namespace: ['shop'] }],
    [['-n=shop'], { namespace: ['shop'] }],
    [['-ojsonpath={.items[*].pod}'], { output: ['jsonpath={.items[*].pod}'] }],
    [['-o', 'json', '-oname'], { output: ['json', 'name'] }],
    [['-Ah'], { 'all-namespaces': [true], help: [true] }],
    [['-A=true', '--fetch=false'], { 'all-namespaces': [true], fetch: [false] }],
  ] as const) {
    it(`reads ${argv.join(' ')}`, () => {
      deepEqual(valuesOf(...argv), values)
    })
  }

  it('keeps the words that belong to no flag in their order', () => {
    deepEqual(read('a', '--fetch', 'b', '-', '-n', 'shop', '').positionals, ['a', 'b', '-', ''])
  })

  it('takes no word behind -- for a flag', () => {
    deepEqual(read('-A', '--', 'a', 'b').positionals, ['a', 'b'])
  })

  it('remembers how a flag was written', () => {
    deepEqual(read('-nshop').flags.get('namespace')?.written, '-n')
    deepEqual(read('--namespace', 'shop').flags.get('namespace')?.written, '--namespace')
  })

  for (const [argv, message, hint] of [
    [['--fecth'], 'unknown flag --fecth', 'Did you mean --fetch? help'],
    [['--frobnicate=1'], 'unknown flag --frobnicate', 'help'],
    [['-x'], 'unknown flag -x', 'help'],
    [['-5'], 'unknown flag -5', 'help'],
    [['-fetch'], 'unknown flag -fetch', 'Did you mean --fetch? help'],
    [['-namespace'], 'unknown flag -namespace', 'Did you mean --namespace? help'],
    [['-hnshop'], 'unknown flag -hnshop', 'help'],
    [['-Ah=true'], 'unknown flag -Ah=true', 'help'],
    [['--help=no'], '--help is on or off, not "no"', 'help'],
    [['-A='], '-A is on or off, not ""', 'help'],
    [
      ['--fetch=my files'],
      '--fetch is on or off, not "my files"',
      "To fetch into a folder, use --to 'my files'",
    ],
    [['--to'], '--to needs a value', 'help'],
    [['-n', '--fetch'], '-n needs a value', 'help'],
    [['a', '--to', '--', 'b'], '--to needs a value', 'help'],
    [['-n', ''], '--namespace has an empty value', undefined],
    [['--to='], '--to has an empty value', undefined],
    [['--', '-a.tar'], 'no pod, type or node is called -a.tar', 'For a file of that name, write ./-a.tar'],
  ] as const) {
    it(`refuses ${argv.join(' ')}`, () => {
      throws(() => read(...argv), { code: 'USAGE', message, hint })
    })
  }
})
