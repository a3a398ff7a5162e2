import { deepEqual, equal, fail } from 'node:assert/strict'
import { allCommands } from '../../src/commands/all-commands.ts'
import { otherCommands } from '../../src/commands/other-commands.ts'
import { parseCommandLine } from '../../src/commands/parse-command-line.ts'
import type { Flag } from '../../src/flags/flag.ts'

const parse = (...argv: string[]) => {
  const line = parseCommandLine(argv, 'kubectl checkpoint')
  return line.kind === 'run' ? line : fail('asks for help')
}
const topicOf = (...argv: string[]) => {
  const line = parseCommandLine(argv, 'kubectl checkpoint')
  return line.kind === 'help' ? line.topic : fail('asks for no help')
}

describe('parseCommandLine', () => {
  it('finds the command behind flags and their values', () => {
    equal(parse('-n', 'fetch', 'inspect', 'a.tar').command.name, 'inspect')
    equal(parse('-n', 'inspect', 'web-0').command.name, 'create')
    equal(parse('create', 'inspect').command.name, 'create')
  })

  it('takes words that name no command for targets', () => {
    deepEqual(parse('web-0', 'web-1').args.targets, ['web-0', 'web-1'])
  })

  it('reads --version as that command', () => {
    equal(parse('--version', '-o', 'json').command.name, 'version')
  })

  it('helps with everything, or with one command', () => {
    equal(topicOf().kind, 'all')
    equal(topicOf('web-0', '-h').kind, 'all')
    deepEqual(topicOf('inspect', 'a.tar', '--help'), {
      kind: 'command',
      command: allCommands.find(({ name }) => name === 'inspect'),
    })
  })
})

describe('the commands', () => {
  const declared = allCommands.flatMap(({ flags }) => Object.entries(flags))

  it('agree on what a flag takes, for words are told from values before the command is known', () => {
    const kinds = Map.groupBy(declared, ([name]) => name)
    const differing = [...kinds].filter(([, flags]) => new Set(flags.map(([, { type }]) => type)).size > 1)
    deepEqual(differing, [])
  })

  it('agree on what a letter stands for', () => {
    const names = Map.groupBy(
      declared.filter(([, flag]: [string, Flag]) => flag.alias !== undefined),
      ([, { alias }]) => alias,
    )
    const differing = [...names].filter(([, flags]) => new Set(flags.map(([name]) => name)).size > 1)
    deepEqual(differing, [])
  })

  it('can all be named', () => {
    const first = allCommands.map(({ name }) => name.replace(/ .*/, '')).filter((name) => name !== 'create')
    deepEqual(new Set(first), new Set(otherCommands))
  })
})
