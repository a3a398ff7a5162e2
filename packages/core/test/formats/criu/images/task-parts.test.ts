import { deepEqual, ok } from 'node:assert/strict'
import { memorySource } from '@kubectl-checkpoint/core/bytes'
import {
  descriptorsImage,
  fileSystemImage,
  filesImage,
  inventoryImage,
  objectIdsImage,
  readImage,
} from '@kubectl-checkpoint/core/formats/criu'
import { imageTypes } from '../../../../src/formats/criu/image-types.ts'
import { fdinfo_entry } from '../../../../src/formats/criu/messages/files.ts'
import { inventory_entry } from '../../../../src/formats/criu/messages/inventory.ts'
import { craftImage, craftMessage } from '../craft-image.ts'
import { readFromSet } from '../real-images.ts'

describe('objectIdsImage', () => {
  it('gives what a task shares with whom', async () => {
    const { files, namespaces } = await readFromSet(objectIdsImage, 'processes', 'ids-1.img')
    ok((await readFromSet(descriptorsImage, 'processes', `fdinfo-${files}.img`)).length > 0)
    const { hostIds } = await readFromSet(inventoryImage, 'processes', 'inventory.img')
    // The container has its own PIDs, and the users of the host.
    ok(namespaces.pid !== hostIds?.namespaces.pid)
    deepEqual(namespaces.user, hostIds?.namespaces.user)
  })
})

describe('descriptorsImage', () => {
  it('gives descriptors of files that there are', async () => {
    const files = await readFromSet(filesImage, 'processes', 'files.img')
    const descriptors = await readFromSet(descriptorsImage, 'processes', 'fdinfo-2.img')
    ok(descriptors.every(({ fileId }) => files.has(fileId)))
    deepEqual(
      descriptors.slice(0, 3).map(({ fd }) => fd),
      [0, 1, 2],
    )
  })
  it('tells which ones a new program does not get', async () => {
    const messages = [0, 1].map((flags) => craftMessage(fdinfo_entry, { fd: flags, flags, id: 7 }))
    deepEqual(
      await readImage(descriptorsImage, memorySource(craftImage(imageTypes.FDINFO.magic, messages))),
      [
        { fd: 0, fileId: 7, closeOnExec: false },
        { fd: 1, fileId: 7, closeOnExec: true },
      ],
    )
  })
})

describe('fileSystemImage', () => {
  it('gives folder, root and mask of a task', async () => {
    const { workingDirectoryId, rootId, umask } = await readFromSet(fileSystemImage, 'processes', 'fs-1.img')
    const files = await readFromSet(filesImage, 'processes', 'files.img')
    const paths = [workingDirectoryId, rootId].map((id) => files.get(id)?.kind)
    deepEqual([...paths, umask], ['path', 'path', 0o22])
  })
})

describe('inventoryImage', () => {
  it('says what restoring needs, and what was closed', async () => {
    const message = craftMessage(inventory_entry, {
      img_version: 2,
      tcp_close: true,
      lsmtype: 9,
      dump_uptime: 5n,
      plugins_entry: { plugins: ['cuda_plugin'] },
    })
    const image = craftImage(imageTypes.INVENTORY.magic, [message]).subarray(4)
    deepEqual(await readImage(inventoryImage, memorySource(image)), {
      imageVersion: 2,
      securityModule: 'unknown',
      uptimeMicroseconds: 5n,
      tcpClosed: true,
      plugins: ['cuda_plugin'],
    })
  })
})
