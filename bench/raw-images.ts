import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fixture } from '@kubectl-checkpoint/test-support'
import { madeOnce } from './archives/cache.ts'
import { type Bench, rowOf } from './bench.ts'
import type { Command } from './command.ts'
import { describeMs, describeRatio } from './format.ts'
import { comparePaired } from './paired.ts'
import { ours } from './program.ts'

const images = ['pstree', 'core-1', 'files', 'mountpoints-13']
const pairs = 11

/** CRIU's own reader: `$CRIT`, or what is installed. */
const crit = (...words: readonly string[]): Command => ({
  name: 'crit show',
  argv: [process.env.CRIT || 'crit', ...words],
})

/** Single images as JSON. */
export const rawImages: Bench = {
  title: 'Single images: against crit show',
  header: ['IMAGE', 'RATIO', 'TIME', 'BASELINE TIME'],
  async *rows() {
    const folder = await madeOnce('miner', async (path) => {
      await mkdir(path)
      await promisify(execFile)('tar', ['-xf', fixture('containerd-miner'), '-C', path])
    })
    for (const name of images) {
      yield rowOf(async () => {
        const path = join(folder, 'checkpoint', `${name}.img`)
        const comparison = await comparePaired(ours('inspect', 'raw', path), crit('show', path), pairs)
        return [
          name,
          describeRatio(comparison),
          describeMs(comparison.subjectMs),
          describeMs(comparison.baselineMs),
        ]
      })
    }
  },
}
