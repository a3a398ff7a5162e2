import { fileURLToPath } from 'node:url'
import type { Command } from './command.ts'

/** The built command. */
const binary = fileURLToPath(
  new URL('../packages/kubectl-checkpoint/dist/kubectl-checkpoint.mjs', import.meta.url),
)

/**
 * `kubectl-checkpoint WORDS`, by the Node.js that runs this. Without a cluster: a command that isn't there would be
 * taken for the name of a pod.
 */
export const ours = (...words: readonly string[]): Command => ({
  name: ['kubectl-checkpoint', ...words.filter((word) => !word.startsWith('/'))].join(' '),
  argv: [process.execPath, binary, ...words],
  env: { KUBECONFIG: '/nowhere' },
})
