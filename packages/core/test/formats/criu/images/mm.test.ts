import { deepEqual, equal, ok } from 'node:assert/strict'
import { memorySource } from '@kubectl-checkpoint/core/bytes'
import { filesImage, type Mapping, mmImage, readImage } from '@kubectl-checkpoint/core/formats/criu'
import { imageTypes } from '../../../../src/formats/criu/image-types.ts'
import { mm_entry, vmaStatus } from '../../../../src/formats/criu/messages/memory.ts'
import { craftImage, craftMessage } from '../craft-image.ts'
import { readFromSet } from '../real-images.ts'

const read = () => readFromSet(mmImage, 'processes', 'mm-1.img')
const ranges = (mappings: readonly Mapping[], kind: string) =>
  mappings.filter((mapping) => mapping.kind === kind)

async function readCrafted(status: number, madv = 0n): Promise<Mapping | undefined> {
  const vma = { start: 0x1000n, end: 0x2000n, shmid: 7n, prot: 5, flags: 1, status, madv }
  const image = craftImage(imageTypes.MM.magic, [craftMessage(mm_entry, { vmas: [vma] })])
  const { mappings } = await readImage(mmImage, memorySource(image))
  return mappings[0]
}

describe('mmImage', () => {
  it('knows what the kernel put where', async () => {
    const { args, env, heap, stackStart, mappings } = await read()
    ok(args.start < args.end && args.end <= env.start)
    const stack = mappings.find(({ start, end }) => start <= stackStart && stackStart < end)
    ok(stack?.growsDown && env.end <= stack.end)
    const [first] = ranges(mappings, 'heap')
    equal(first?.start, heap.start)
    equal(ranges(mappings, 'vdso').length, 1)
  })
  it('knows the file behind a mapping, and with which rights', async () => {
    const { exeFileId, mappings } = await read()
    const executable = mappings.filter(({ fileId }) => fileId === exeFileId)
    ok(executable.some(({ permissions: { execute, write } }) => execute && !write))
    ok((await readFromSet(filesImage, 'processes', 'files.img')).has(exeFileId))
  })
  it('gives the auxiliary vector in pairs', async () => {
    const { auxiliaryVector } = await read()
    // AT_PAGESZ
    equal(auxiliaryVector.find(({ type }) => type === 6n)?.value, 4096n)
  })
  it('names special areas before what they are made of', async () => {
    const { VMA_AREA_REGULAR: regular, VMA_ANON_PRIVATE, VMA_AREA_HEAP, VMA_ANON_SHARED } = vmaStatus
    equal((await readCrafted(regular | VMA_ANON_PRIVATE))?.kind, 'anonymous')
    equal((await readCrafted(regular | VMA_ANON_PRIVATE | VMA_AREA_HEAP))?.kind, 'heap')
    equal((await readCrafted(regular | VMA_ANON_SHARED | vmaStatus.VMA_AREA_SYSVIPC))?.kind, 'system-v')
    equal((await readCrafted(1 << 30))?.kind, 'unsupported')
  })
  it('tells files from shared memory, which have their ID in the same field', async () => {
    const { fileId, sharedMemoryId } = (await readCrafted(vmaStatus.VMA_FILE_SHARED)) ?? {}
    deepEqual([fileId, sharedMemoryId], [7, undefined])
    const shared = await readCrafted(vmaStatus.VMA_ANON_SHARED)
    deepEqual([shared?.fileId, shared?.sharedMemoryId], [undefined, 7])
    deepEqual(shared?.permissions, { read: true, write: false, execute: true, shared: true })
  })
  it('lists the advice that was given', async () => {
    // MADV_DONTFORK, MADV_HUGEPAGE
    deepEqual((await readCrafted(1, (1n << 10n) | (1n << 14n)))?.advice, [10, 14])
  })
})
