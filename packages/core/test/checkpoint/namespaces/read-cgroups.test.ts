import { deepEqual, equal } from 'node:assert/strict'
import { openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { openArchive } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readCgroups } from '@kubectl-checkpoint/core/checkpoint/namespaces'
import { craftTar, fixture, virtualSource } from '@kubectl-checkpoint/test-support'
import { metadataEntries } from '../craft-metadata.ts'
import { expectReadable, openImages } from './open-images.ts'

describe('readCgroups', () => {
  it('says which processes are in which group, with its limits', async () => {
    const cgroups = await readCgroups(await openImages('namespaces'), expectReadable)
    const pids = cgroups.filter(({ controllers }) => controllers[0] === 'pids')
    deepEqual(
      pids.map(({ path, processes, properties }) => [path, processes.length, properties['pids.max']]),
      [
        ['/image-box', 1, '50'],
        ['/image-box/inner', 1, 'max'],
      ],
    )
  })
  it("gives a container's group as the node sees it", async () => {
    await using file = await openLocalFile(fixture('containerd-miner'))
    const cgroups = await readCgroups(await openArchive(file), expectReadable)
    const memory = cgroups.find(({ controllers }) => controllers[0] === 'memory')
    equal(memory?.path, '/k8s.io/b97cf242c5dcec2c7126c49727069019ba141b01643b18d48584088653c88a79')
    deepEqual(memory?.processes, [1, 7])
    const unified = cgroups.find(({ controllers }) => controllers.length === 0)
    deepEqual([unified?.path, unified?.processes], ['/', [1, 7]])
  })
  it('gives nothing where nothing was written of them', async () => {
    const archive = await openArchive(virtualSource(craftTar(metadataEntries())))
    deepEqual(await readCgroups(archive, expectReadable), [])
  })
})
