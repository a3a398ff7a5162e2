import { open } from 'node:fs/promises'

const blockLength = 16 * 1024 * 1024

/**
 * Puts `byteLength` bytes at `offset` of the pages image at `path`, before what stands there. They are like the
 * memory of programs: most words are zero, some are pointers, few are numbers; zstd leaves a quarter of them.
 */
export async function growPages(path: string, offset: number, byteLength: number): Promise<void> {
  await using file = await open(path, 'r+')
  const { size } = await file.stat()
  const { buffer: behind } = await file.read(Buffer.alloc(size - offset), 0, size - offset, offset)
  const block = buildBlock()
  for (let done = 0; done < byteLength; done += blockLength) {
    // Each one differs from the others, and no compressor looks back so far.
    block.writeUInt32LE(done, 8)
    await file.write(block, 0, Math.min(blockLength, byteLength - done), offset + done)
  }
  await file.write(behind, 0, behind.length, offset + byteLength)
}

function buildBlock(): Buffer {
  const block = Buffer.alloc(blockLength)
  let state = 1
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state
  }
  for (let at = 0; at < blockLength; at += 8) {
    const kind = random() >>> 28
    if (kind < 3) block.writeBigUInt64LE(0x7f0000000000n + BigInt(random() & 0xffff0), at)
    if (kind === 3) block.writeUInt32LE(random() & 0xff, at)
    if (kind === 4) block.writeDoubleLE(random() / 3, at)
  }
  return block
}
