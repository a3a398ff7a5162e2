import { deepEqual, throws } from 'node:assert/strict'
import { type Command, defineCommand, type Positionals } from '../../src/commands/command.ts'
import { readArguments } from '../../src/commands/read-arguments.ts'
import type { Flags } from '../../src/flags/flag.ts'
import { buildFlagTable } from '../../src/flags/flag-table.ts'
import { readWords } from '../../src/flags/read-words.ts'

const group = 'Options:'
const flags: Flags = {
  to: { group, type: 'string', default: '.', describe: '' },
  'as-group': { group, type: 'string', array: true, describe: '' },
  direct: { group, type: 'boolean', describe: '' },
  insecure: { group, type: 'boolean', implies: 'direct', describe: '' },
}
const others: Flags = { selector: { group, alias: 'l', type: 'string', describe: '' } }

const commandWith = (positionals: Positionals): Command =>
  defineCommand({ name: 'read', describe: '', positionals, flags, examples: [], run: async () => 0 })

const read = (positionals: Positionals, ...argv: string[]) => {
  const words = readWords(argv, buildFlagTable([flags, others]), 'help')
  return readArguments(commandWith(positionals), words.positionals, words.flags, 'help')
}

const archive = { required: true, describe: '' } as const
const path = { describe: '' } as const

describe('readArguments', () => {
  it('gives each word its name', () => {
    deepEqual(read({ archive, path }, 'a.tar', '/etc'), { archive: 'a.tar', path: '/etc', to: '.' })
    deepEqual(read({ archive, path }, 'a.tar'), { archive: 'a.tar', to: '.' })
  })

  it('gives the rest of the words to the name that takes many', () => {
    const paths = { many: true, describe: '' } as const
    deepEqual(read({ archive, paths }, 'a.tar', 'b', 'c'), { archive: 'a.tar', paths: ['b', 'c'], to: '.' })
    deepEqual(read({ archive, paths }, 'a.tar'), { archive: 'a.tar', paths: [], to: '.' })
  })

  it('counts a flag as it is given last, and all of one that may be repeated', () => {
    deepEqual(read({}, '--to', 'a', '--to', 'b').to, 'b')
    deepEqual(read({}, '--as-group', 'a', '--as-group', 'b')['as-group'], ['a', 'b'])
  })

  for (const [positionals, argv, message] of [
    [{ archive }, [], 'name an archive'],
    [{ archives: { required: true, many: true, describe: '' } }, [], 'name an archive'],
    [{ path: archive }, [], 'name a path'],
    [{ archive }, ['a', 'b', 'c'], 'read takes one archive; surplus: b, c'],
    [{ archive, path }, ['a', 'b', 'c'], 'read takes 2 arguments; surplus: c'],
    [{}, ['please'], 'read takes no arguments; surplus: please'],
    [{}, ['-l', 'app=web'], 'read has no flag -l'],
    [{}, ['--selector=app=web'], 'read has no flag --selector'],
    [{}, ['--insecure'], '--insecure needs --direct'],
  ] as const) {
    it(`refuses: ${message}`, () => {
      throws(() => read(positionals, ...argv), { code: 'USAGE', message, hint: 'help' })
    })
  }
})
