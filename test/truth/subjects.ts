import { join } from 'node:path'
import { inspect } from '@kubectl-checkpoint/core/actions'
import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { fixture, imageSet, memoryCatalogue } from '@kubectl-checkpoint/test-support'

/** The archives and image sets that there is a truth of, by its name, and where each is. */
export const subjects: Readonly<Record<string, () => string>> = {
  'containerd-miner': () => fixture('containerd-miner'),
  'containerd-svc': () => fixture('containerd-svc'),
  'crio-miner': () => fixture('crio-miner'),
  'podman-counter': () => fixture('podman-counter'),
  'podman-svc-tcp': () => fixture('podman-svc-tcp'),
  processes: () => imageSet('processes'),
  descriptors: () => imageSet('descriptors'),
  sockets: () => imageSet('sockets'),
  memory: () => join(imageSet('memory'), 'second'),
  namespaces: () => imageSet('namespaces'),
  external: () => imageSet('external'),
}

/** All that we read of an archive. */
export async function inspectAll(archive: string): Promise<Inspection> {
  const context = {
    connect: () => Promise.reject(new Error('nothing here needs a cluster')),
    clock: { now: () => 0, sleep: async () => {} },
    settings: () => Promise.reject(new Error('nothing here needs a node')),
    catalogue: memoryCatalogue(),
    registry: { env: {}, homeDirectory: '/nonexistent' },
    cacheFolder: '/nonexistent',
  }
  const { signal } = new AbortController()
  const { inspections } = await inspect({ archives: [archive], sections: 'all' }, context, { signal }).result
  const [inspection] = inspections
  if (!inspection) throw new Error(`${archive}: not inspected`)
  return inspection
}
