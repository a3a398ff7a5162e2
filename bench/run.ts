import { table } from '../packages/kubectl-checkpoint/src/output/table.ts'
import type { Bench } from './bench.ts'
import { growth } from './growth.ts'
import { largeArchives } from './large-archives.ts'
import { onNode } from './on-node.ts'
import { rawImages } from './raw-images.ts'
import { startUp } from './start-up.ts'

const benches: Readonly<Record<string, Bench>> = {
  'start-up': startUp,
  large: largeArchives,
  growth,
  raw: rawImages,
  node: onNode,
}

/** `node bench/run.ts [NAME…]`: one after the other, side by side they would measure each other. */
for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benches)) {
  const bench = benches[name]
  if (!bench) throw new Error(`no bench is called ${name}; there are ${Object.keys(benches).join(', ')}`)
  const rows: (readonly string[])[] = []
  const notes: string[] = []
  for await (const row of bench.rows()) {
    if ('skipped' in row) notes.push(`  skipped: ${row.skipped}\n`)
    else rows.push(row)
  }
  const measured = rows.length > 0 ? table(bench.header, rows, { headers: true }) : ''
  process.stdout.write(`${bench.title}\n${measured}${notes.join('')}\n`)
}
