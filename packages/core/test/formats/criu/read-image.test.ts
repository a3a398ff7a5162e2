import { deepEqual, equal, rejects } from 'node:assert/strict'
import { memorySource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import {
  type ImageKind,
  inventoryImage,
  mmImage,
  pageMapImage,
  pstreeImage,
  readImage,
} from '@kubectl-checkpoint/core/formats/criu'
import { entrySource, readTarIndex } from '@kubectl-checkpoint/core/formats/tar'
import { fixture } from '@kubectl-checkpoint/test-support'
import type { ImageType } from '../../../src/formats/criu/image-type.ts'
import { imageTypes } from '../../../src/formats/criu/image-types.ts'
import { inventory_entry } from '../../../src/formats/criu/messages/inventory.ts'
import { core_entry, pstree_entry } from '../../../src/formats/criu/messages/process.ts'
import { WireReader } from '../../../src/formats/criu/schema/index.ts'
import { craftImage, craftMessage } from './craft-image.ts'

/** Reads an image of the archive of the Python service. */
async function read<Value>(kind: ImageKind<Value>, name: string): Promise<Value> {
  await using file = await openLocalFile(fixture('containerd-svc'))
  const entry = (await readTarIndex(file)).find(`checkpoint/${name}.img`)
  if (!entry) throw new Error(`no ${name}`)
  return await readImage(kind, entrySource(file, entry))
}

const readCrafted = <Value>(
  kind: ImageKind<Value>,
  { magic }: ImageType<unknown>,
  messages: readonly Uint8Array[],
) => readImage(kind, memorySource(craftImage(magic, messages), 'crafted'))

describe('readImage', () => {
  it('reads the inventory', async () => {
    const { imageVersion, securityModule, tcpClosed, plugins } = await read(inventoryImage, 'inventory')
    deepEqual([imageVersion, securityModule, tcpClosed, plugins], [2, 'none', false, []])
  })
  it('reads an inventory of older CRIU, with its security module', async () => {
    const messages = [craftMessage(inventory_entry, { img_version: 1, lsmtype: 1 })]
    deepEqual(await readCrafted(inventoryImage, imageTypes.INVENTORY, messages), {
      imageVersion: 1,
      securityModule: 'selinux',
      tcpClosed: false,
      plugins: [],
    })
  })
  it('reads the process list', async () => {
    deepEqual(await read(pstreeImage, 'pstree'), [
      { pid: 1, ppid: 0, processGroup: 1, session: 1, threads: [1, 9, 10, 11] },
      { pid: 8, ppid: 1, processGroup: 1, session: 1, threads: [8] },
    ])
  })
  it('reads where arguments are, and which file is executed', async () => {
    const { args, exeFileId } = await read(mmImage, 'mm-1')
    deepEqual({ args, exeFileId }, { args: { start: 140732025175681n, end: 140732025175697n }, exeFileId: 1 })
  })
  it('reads page maps of processes and of shared memory', async () => {
    const { pagesId, runs, storedPageCount } = await read(pageMapImage, 'pagemap-1')
    equal(pagesId, 3)
    equal(storedPageCount, 11366400 / 4096)
    deepEqual(runs.slice(0, 2), [
      { address: 4333568n, pageCount: 1, where: 'present', firstPage: 0 },
      { address: 11862016n, pageCount: 25, where: 'present', firstPage: 1 },
    ])
    deepEqual(await read(pageMapImage, 'pagemap-shmem-1032'), {
      pagesId: 1,
      runs: [{ address: 0n, pageCount: 16, where: 'present', firstPage: 0 }],
      storedPageCount: 16,
    })
  })
  it('refuses an image under the name of another type', async () => {
    await rejects(read(pstreeImage, 'core-1'), { code: 'BAD_MAGIC' })
  })
  it('refuses a message that is no protobuf', async () => {
    await rejects(readCrafted(pstreeImage, imageTypes.PSTREE, [Buffer.from([0xff, 0xff])]), {
      code: 'BAD_MESSAGE',
    })
  })
  it('refuses a message without what every writer sets, also further in', async () => {
    const pid = craftMessage(pstree_entry, { pid: 1, ppid: 0, pgid: 1, sid: 1 }).subarray(2)
    await rejects(readCrafted(pstreeImage, imageTypes.PSTREE, [pid]), {
      code: 'BAD_MESSAGE',
      message: "crafted: a pstree_entry can't be decoded: pstree_entry lacks pid",
    })
    // mtype = 1, and a task_core_entry that holds only its state.
    const state = Buffer.from([0x08, 1, 0x1a, 2, 0x08, 1])
    await rejects(async () => core_entry.decode(new WireReader(state), 'crafted'), {
      message: "crafted: a core_entry can't be decoded: task_core_entry lacks exit_code",
    })
  })
  it('refuses no message, and more than one, where one must be', async () => {
    const one = craftMessage(inventory_entry, { img_version: 1 })
    await rejects(readCrafted(inventoryImage, imageTypes.INVENTORY, []), { code: 'BAD_MESSAGE' })
    await rejects(readCrafted(inventoryImage, imageTypes.INVENTORY, [one, one]), { code: 'BAD_MESSAGE' })
  })
  it('refuses more processes and threads than can be dumped', async () => {
    const { magic } = imageTypes.PSTREE
    const one = craftImage(magic, [craftMessage(pstree_entry, { pid: 1 })]).subarray(8)
    const list = (count: number) =>
      Buffer.concat([craftImage(magic, []), Buffer.alloc(count * one.length, one)])
    const many = craftImage(magic, [craftMessage(pstree_entry, { threads: Array(2 ** 16 + 1).fill(1) })])
    equal((await readImage(pstreeImage, memorySource(list(2 ** 16)))).length, 2 ** 16)
    for (const image of [list(2 ** 16 + 1), many]) {
      await rejects(readImage(pstreeImage, memorySource(image)), { code: 'IMAGE_TOO_LARGE' })
    }
  })
  it('refuses to hold messages without end', async () => {
    // A field of 14 MiB that no table knows.
    const filling = [Buffer.from([0x6a, 0x80, 0x80, 0x80, 0x07]), Buffer.alloc(7 * 2 ** 21)]
    const large = Buffer.concat([craftMessage(pstree_entry, { pid: 1 }), ...filling])
    equal((await readCrafted(pstreeImage, imageTypes.PSTREE, [large, large])).length, 2)
    await rejects(readCrafted(pstreeImage, imageTypes.PSTREE, [large, large, large]), {
      code: 'IMAGE_TOO_LARGE',
    })
  })
})
