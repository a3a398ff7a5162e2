import { deepEqual, equal, rejects } from 'node:assert/strict'
import { memorySource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import {
  coreImage,
  filesImage,
  type ImageKind,
  inventoryImage,
  mmImage,
  pageMapImage,
  pstreeImage,
  readImage,
} from '@kubectl-checkpoint/core/formats/criu'
import { entrySource, readTarIndex } from '@kubectl-checkpoint/core/formats/tar'
import { fixture } from '@kubectl-checkpoint/test-support'
import {
  core_entrySchema,
  inventory_entrySchema,
  pstree_entrySchema,
} from '../../../src/formats/criu/gen/images_pb.ts'
import { craftImage, craftMessage } from './craft-image.ts'

/** Reads an image of the archive of the Python service. */
async function read<Value>(kind: ImageKind<Value>, name: string): Promise<Value> {
  await using file = await openLocalFile(fixture('containerd-svc'))
  const entry = (await readTarIndex(file)).find(`checkpoint/${name}.img`)
  if (!entry) throw new Error(`no ${name}`)
  return await readImage(kind, entrySource(file, entry))
}

const readCrafted = <Value>(kind: ImageKind<Value>, messages: readonly Uint8Array[]) =>
  readImage(kind, memorySource(craftImage(kind.magic, messages), 'crafted'))

describe('readImage', () => {
  it('reads the inventory', async () => {
    deepEqual(await read(inventoryImage, 'inventory'), {
      imageVersion: 2,
      securityModule: 'none',
    })
  })
  it('reads an inventory of older CRIU, with its security module', async () => {
    const messages = [craftMessage(inventory_entrySchema, { imgVersion: 1, lsmtype: 1 })]
    deepEqual(await readCrafted(inventoryImage, messages), { imageVersion: 1, securityModule: 'selinux' })
  })
  it('reads the process list', async () => {
    deepEqual(await read(pstreeImage, 'pstree'), [
      { pid: 1, ppid: 0, threads: [1, 9, 10, 11] },
      { pid: 8, ppid: 1, threads: [8] },
    ])
  })
  it('reads what a process was', async () => {
    deepEqual(await read(coreImage, 'core-8'), {
      comm: 'python3',
      state: 'running',
      credentials: { uid: 0, gid: 0, euid: 0, egid: 0 },
    })
  })
  it('reads the core of a zombie', async () => {
    const tc = { taskState: 2, exitCode: 256, comm: 'gone' }
    deepEqual(await readCrafted(coreImage, [craftMessage(core_entrySchema, { mtype: 1, tc })]), {
      comm: 'gone',
      state: 'zombie',
    })
  })
  it('reads where arguments are, and which file is executed', async () => {
    deepEqual(await read(mmImage, 'mm-1'), {
      args: { start: 140732025175681n, end: 140732025175697n },
      exeFileId: 1,
    })
  })
  it('reads the paths of regular files and passes over other kinds', async () => {
    const files = await read(filesImage, 'files')
    equal(files.get(1), '/usr/bin/python3')
    equal(files.get(2), '/tmp/mapped.dat')
    equal(files.get(3), undefined)
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
  it('refuses an image under the name of another kind', async () => {
    await rejects(read(pstreeImage, 'core-1'), { code: 'BAD_MAGIC' })
  })
  it("refuses another thread's core for a process's", async () => {
    await rejects(read(coreImage, 'core-9'), { code: 'BAD_MESSAGE' })
  })
  it('refuses a message that is no protobuf', async () => {
    await rejects(readCrafted(pstreeImage, [Buffer.from([0xff, 0xff])]), { code: 'BAD_MESSAGE' })
  })
  it('refuses a message without what every writer sets, also further in', async () => {
    const pid = craftMessage(pstree_entrySchema, { pid: 1, ppid: 0, pgid: 1, sid: 1 }).subarray(2)
    await rejects(readCrafted(pstreeImage, [pid]), {
      code: 'BAD_MESSAGE',
      message: 'crafted: a pstree_entry lacks pid',
    })
    // mtype = 1, and a task_core_entry that holds only its state.
    await rejects(readCrafted(coreImage, [Buffer.from([0x08, 1, 0x1a, 2, 0x08, 1])]), {
      message: 'crafted: a core_entry lacks exit_code',
    })
  })
  it('refuses no message, and more than one, where one must be', async () => {
    const one = craftMessage(inventory_entrySchema, { imgVersion: 1 })
    await rejects(readCrafted(inventoryImage, []), { code: 'BAD_MESSAGE' })
    await rejects(readCrafted(inventoryImage, [one, one]), { code: 'BAD_MESSAGE' })
  })
  it('refuses more processes and threads than can be dumped', async () => {
    const list = (count: number, threads: readonly number[]) =>
      Array.from({ length: count }, (_, index) =>
        craftMessage(pstree_entrySchema, { pid: index, ppid: 0, pgid: 1, sid: 1, threads: [...threads] }),
      )
    equal((await readCrafted(pstreeImage, list(2 ** 16, []))).length, 2 ** 16)
    await rejects(readCrafted(pstreeImage, list(2 ** 16 + 1, [])), { code: 'IMAGE_TOO_LARGE' })
    await rejects(readCrafted(pstreeImage, list(1, Array(2 ** 16 + 1).fill(1))), { code: 'IMAGE_TOO_LARGE' })
  })
  it('refuses to take an image of any size into memory', async () => {
    const endless = {
      label: 'endless',
      size: 2 ** 40,
      read: () => Promise.reject(new Error('it must not be read')),
    }
    await rejects(readImage(pstreeImage, endless), { code: 'IMAGE_TOO_LARGE' })
  })
})
