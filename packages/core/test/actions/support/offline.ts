import type { Context } from '../../../src/actions/index.ts'

/** For what needs no cluster, no registry and no cache. */
export const offline: Context = {
  connect: () => Promise.reject(new Error('nothing here needs a cluster')),
  clock: { now: () => 0, sleep: async () => {} },
  reader: { image: 'busybox', deadlineSeconds: 600 },
  registry: { env: {}, homeDirectory: '/nonexistent' },
  cacheFolder: '/nothing here needs a cache',
}
