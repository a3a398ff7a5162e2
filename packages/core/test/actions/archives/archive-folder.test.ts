import { deepEqual, equal } from 'node:assert/strict'
import { archiveFolders } from '../../../src/actions/archives/archive-folder.ts'
import type { CatalogueEntry } from '../../../src/catalogue/index.ts'

const taken = (node: string, path: string): CatalogueEntry => ({
  kind: 'taken',
  cluster: 'https://test',
  node,
  path,
  namespace: 'shop',
  pod: 'web-0',
  container: 'app',
  takenAt: '2026-11-23T12:00:00Z',
})

const settings = (roots: Readonly<Record<string, string>> = {}) => ({
  pods: { image: 'busybox', deadlineSeconds: 600 },
  findKubeletRoot: (node: string) => roots[node],
})

describe('archiveFolders', () => {
  it("is the kubelet's default where nothing else is known", async () => {
    equal(await archiveFolders(settings(), async () => [])('node-a'), '/var/lib/kubelet/checkpoints')
  })

  it('is where the newest archive of the node went', async () => {
    const entries = [
      taken('node-a', '/old/checkpoints/a.tar'),
      taken('node-a', '/data/kubelet/checkpoints/b.tar'),
      taken('node-b', '/elsewhere/c.tar'),
    ]
    equal(await archiveFolders(settings(), async () => entries)('node-a'), '/data/kubelet/checkpoints')
  })

  it('is below the root that somebody has named, before all that was learned', async () => {
    const folderOf = archiveFolders(settings({ 'node-a': '/mnt/kubelet', 'node-b': '' }), async () => [
      taken('node-a', '/data/kubelet/checkpoints/b.tar'),
    ])
    deepEqual(await Promise.all(['node-a', 'node-b'].map(folderOf)), [
      '/mnt/kubelet/checkpoints',
      '/checkpoints',
    ])
  })

  it('is learned once, for all nodes', async () => {
    let reads = 0
    const folderOf = archiveFolders(settings(), async () => {
      reads += 1
      return []
    })
    await Promise.all([folderOf('node-a'), folderOf('node-b')])
    equal(reads, 1)
  })
})
