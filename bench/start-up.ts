import { fileURLToPath } from 'node:url'
import { type Comparison, comparePaired } from './paired.ts'

const binary = fileURLToPath(
  new URL('../packages/kubectl-checkpoint/dist/kubectl-checkpoint.mjs', import.meta.url),
)

/** What `--help` costs above Node.js itself. */
export const startUp = (): Promise<Comparison> =>
  comparePaired(
    { name: 'kubectl-checkpoint --help', argv: [process.execPath, binary, '--help'] },
    { name: 'node -e 0', argv: [process.execPath, '-e', '0'] },
    21,
  )
