import { memoryCatalogue } from '@kubectl-checkpoint/test-support'
import type { Context } from '../../../src/actions/index.ts'

/** For what needs no cluster, no registry and no cache. */
export const offline: Context = {
  connect: () => Promise.reject(new Error('nothing here needs a cluster')),
  clock: { now: () => 0, sleep: async () => {} },
  settings: () => Promise.reject(new Error('nothing here needs a node')),
  catalogue: memoryCatalogue(),
  registry: { env: {}, homeDirectory: '/nonexistent' },
  cacheFolder: '/nothing here needs a cache',
}
