import { ok } from 'node:assert/strict'
import { type ByteSource, countingSource } from '@kubectl-checkpoint/core/bytes'
import { openArchive } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readInventory, readProcesses } from '@kubectl-checkpoint/core/checkpoint/process'
import { CheckpointError } from '@kubectl-checkpoint/core/errors'

const kilobyte = 1024

/**
 * Everything that reads an archive. A typed error is an outcome; anything else that is thrown is not, and neither is
 * OUT_OF_RANGE: it means that a length of the archive was believed. Nor is an outcome worth any number of reads.
 */
export async function readArchive(source: ByteSource): Promise<'read' | CheckpointError> {
  const counted = countingSource(source)
  const outcome = await readAll(counted)
  // Windows of 256 KiB that overlap, and the arguments of two processes.
  ok(counted.reads <= 20, `${counted.reads} reads`)
  ok(counted.bytesRead <= 2 * source.size + 512 * kilobyte, `${counted.bytesRead} of ${source.size} bytes`)
  return outcome
}

async function readAll(source: ByteSource): Promise<'read' | CheckpointError> {
  try {
    const archive = await openArchive(source)
    await readProcesses(archive, () => {})
    await readInventory(archive)
    return 'read'
  } catch (error) {
    if (error instanceof CheckpointError && error.code !== 'OUT_OF_RANGE') return error
    throw error
  }
}
