import type { Refusal } from '../refusal.ts'
import { fileRefusals } from './files.ts'
import { mountRefusals } from './mounts.ts'
import { nodeRefusals } from './node.ts'
import { processRefusals } from './processes.ts'
import { socketRefusals } from './sockets.ts'

/** Why CRIU declines to dump. A line belongs to the first entry that matches it. */
export const dumpRefusals: readonly Refusal[] = [
  ...socketRefusals,
  ...fileRefusals,
  ...mountRefusals,
  ...processRefusals,
  ...nodeRefusals,
]
