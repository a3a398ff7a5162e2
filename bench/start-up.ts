import { fixture } from '@kubectl-checkpoint/test-support'
import { type Bench, rowOf } from './bench.ts'
import type { Command } from './command.ts'
import { describeMs, describeRatio } from './format.ts'
import { comparePaired } from './paired.ts'
import { ours } from './program.ts'

const node: Command = { name: 'node -e 0', argv: [process.execPath, '-e', '0'] }
const pairs = 21

const archive = fixture('containerd-miner')

/** What a command costs above Node.js itself. */
export const startUp: Bench = {
  title: 'Start-up: against node -e 0',
  header: ['COMMAND', 'RATIO', 'TIME', 'NODE'],
  async *rows() {
    for (const command of [
      ours('--help'),
      ours('version'),
      ours('inspect', archive),
      ours('files', 'ls', archive),
      ours('diff', archive, archive),
    ]) {
      yield rowOf(async () => {
        const comparison = await comparePaired(command, node, pairs)
        return [
          command.name,
          describeRatio(comparison),
          describeMs(comparison.subjectMs),
          describeMs(comparison.baselineMs),
        ]
      })
    }
  },
}
