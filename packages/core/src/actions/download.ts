import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { ByteSourceError, chunks, createPartialFile, openLocalFile } from '../bytes/index.ts'
import type { NodeFileSource } from '../remote/node-files/index.ts'
import { localArchiveName } from './archive-name.ts'
import { ActionError } from './errors.ts'
import { makeFolder } from './make-folder.ts'

/** An archive on this machine, equal to the node's. */
export interface LocalArchive {
  readonly path: string
  readonly size: number
  /** Hexadecimal. */
  readonly sha256: string
}

export interface DownloadReport {
  onPhase(phase: 'downloading' | 'verifying'): void
  onProgress(doneBytes: number, totalBytes: number): void
  onAlreadyHere(path: string): void
}

/**
 * Brings `source`, whose name on the node is `fileName`, into the folder `to`, and compares its digest with the one
 * that the node computes. Nothing but the whole, equal file ever has the final name; a file that is there and equal
 * is left as it is.
 * @throws {ActionError} DIGEST_MISMATCH
 * @throws {ByteSourceError} FILE_EXISTS with other content; FILE_NOT_WRITABLE; CHANGED on the node meanwhile.
 */
export async function download(
  source: NodeFileSource,
  fileName: string,
  to: string,
  report: DownloadReport,
  signal: AbortSignal,
): Promise<LocalArchive> {
  await makeFolder(to)
  const path = join(to, localArchiveName(fileName))
  const present = await findPresent(path, source, report, signal)
  if (present) return present
  await using file = await createPartialFile(path)
  report.onPhase('downloading')
  const hash = createHash('sha256')
  let doneBytes = 0
  report.onProgress(0, source.size)
  for await (const chunk of chunks(source, { chunkLength: 8 * 1024 * 1024, ahead: 2, signal })) {
    hash.update(chunk)
    await file.write(chunk)
    doneBytes += chunk.length
    report.onProgress(doneBytes, source.size)
  }
  report.onPhase('verifying')
  const sha256 = hash.digest('hex')
  const onNode = await source.sha256(signal)
  if (sha256 !== onNode) {
    throw new ActionError(
      'DIGEST_MISMATCH',
      `${source.label}: its digest is ${onNode}, but ${sha256} arrived`,
      {
        hint: 'Fetch it again; if it stays so, the node or the way to it is damaged, or tampered with.',
      },
    )
  }
  await file.commit()
  return { path, size: source.size, sha256 }
}

async function findPresent(
  path: string,
  source: NodeFileSource,
  report: DownloadReport,
  signal: AbortSignal,
): Promise<LocalArchive | undefined> {
  try {
    await using file = await openLocalFile(path)
    if (file.size === source.size) {
      report.onPhase('verifying')
      const hash = createHash('sha256')
      for await (const chunk of chunks(file, { signal })) hash.update(chunk)
      const sha256 = await source.sha256(signal)
      if (hash.digest('hex') === sha256) {
        report.onAlreadyHere(path)
        return { path, size: file.size, sha256 }
      }
    }
  } catch (error) {
    if (error instanceof ByteSourceError && error.code === 'FILE_NOT_FOUND') return undefined
    throw error
  }
  throw new ByteSourceError('FILE_EXISTS', `${path} is there already, with other content`, {
    hint: 'Move it away, or fetch into another folder.',
  })
}
