import { deepEqual, equal, ok } from 'node:assert/strict'
import { cgroupsImage, coreImage } from '@kubectl-checkpoint/core/formats/criu'
import { readFromSet } from '../real-images.ts'

describe('cgroupsImage', () => {
  it('knows where in each hierarchy a task is', async () => {
    const { sets, hierarchies } = await readFromSet(cgroupsImage, 'processes', 'cgroup.img')
    const { thread, task } = await readFromSet(coreImage, 'processes', 'core-1.img')
    const places = sets.get(thread.cgroupSet ?? task?.cgroupSet ?? -1)
    ok(places)
    const pids = places.find(({ controllers }) => controllers === 'pids')
    deepEqual(pids, { controllers: 'pids', path: '/image-box', outsideLength: '/image-box'.length })
    equal(hierarchies.filter(({ controllers }) => controllers.includes('pids')).length, 1)
  })
  it('knows the properties of folders', async () => {
    const { hierarchies } = await readFromSet(cgroupsImage, 'processes', 'cgroup.img')
    const [folder] = hierarchies.find(({ controllers }) => controllers.includes('pids'))?.folders ?? []
    equal(folder?.properties.find(({ name }) => name === 'pids.max')?.value, 'max')
  })
})
