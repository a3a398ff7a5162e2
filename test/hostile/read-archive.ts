import { ok } from 'node:assert/strict'
import { type ByteSource, countingSource, inflate, memorySource } from '@kubectl-checkpoint/core/bytes'
import {
  type Inflate,
  openArchive,
  skimArchive,
  type UnreadablePart,
} from '@kubectl-checkpoint/core/checkpoint/archive'
import { readInventory, readProcesses } from '@kubectl-checkpoint/core/checkpoint/process'
import { CheckpointError } from '@kubectl-checkpoint/core/errors'

const kilobyte = 1024

/** Read without complaint, or the first one. */
export type Outcome = 'read' | { readonly code: string }

/**
 * Everything that reads an archive. A typed error is an outcome; anything else that is thrown is not, and neither is
 * OUT_OF_RANGE: it means that a length of the archive was believed. Nor is an outcome worth any number of reads.
 */
export async function readArchive(source: ByteSource): Promise<Outcome> {
  const counted = countingSource(source)
  const outcome = await readAll(counted)
  // Windows of 256 KiB that overlap, and the arguments of two processes.
  ok(counted.reads <= 20, `${counted.reads} reads`)
  ok(counted.bytesRead <= 2 * source.size + 512 * kilobyte, `${counted.bytesRead} of ${source.size} bytes`)
  return outcome
}

/** The same of one that is compressed, in one pass and then in another. */
export const readCompressedArchive = (source: ByteSource): Promise<Outcome> =>
  readAll(source, (from, compression) => {
    const pass = () => inflate(from, compression, { maxLength: 2 ** 26 })
    const whole = async () => memorySource(Buffer.concat(await Array.fromAsync(pass())))
    return skimArchive(pass(), from.label, whole)
  })

async function readAll(source: ByteSource, inflate?: Inflate): Promise<Outcome> {
  const unreadable: UnreadablePart[] = []
  try {
    const archive = await openArchive(source, inflate ? { inflate } : {})
    await readProcesses(archive, (part) => unreadable.push(part))
    await readInventory(archive)
    // Crafted archives hold no more images than a list of processes needs.
    return unreadable.find(({ code }) => code !== 'ENTRY_MISSING') ?? 'read'
  } catch (error) {
    if (error instanceof CheckpointError && error.code !== 'OUT_OF_RANGE') return error
    throw error
  }
}
