import { readFile } from 'node:fs/promises'
import type { Truth } from '../../truth/truth.ts'
import { type NodeName, runOnNode } from './own-cluster.ts'

const script = new URL('../criu/read-truth.py', import.meta.url)

/** What `/proc` on a node says of the oldest process of this name, and of its descendants. */
export async function readTruthOnNode(node: NodeName, program: string): Promise<Truth> {
  const run = 'exec python3 -c "$1" "$(pgrep -o -x "$0")"'
  return JSON.parse(await runOnNode(node, 'sh', '-c', run, program, await readFile(script, 'utf8')))
}
