import { createHash, type Hash } from 'node:crypto'
import { join } from 'node:path'
import {
  type ByteSource,
  ByteSourceError,
  type ContinuedFile,
  chunks,
  continuePartialFile,
  openLocalFile,
} from '../bytes/index.ts'
import { isBrokenConnection, type TransferWay } from '../remote/node-files/index.ts'
import { localArchiveName } from './archive-name.ts'
import { ActionError } from './errors.ts'
import { makeFolder } from './make-folder.ts'

/** An archive on this machine, equal to the one that it was brought from. */
export interface LocalArchive {
  readonly path: string
  readonly size: number
  /** Hexadecimal. */
  readonly sha256: string
  readonly transfer: ArchiveTransfer
}

/** What brought an archive here; nothing where an equal one was here already. */
export interface ArchiveTransfer {
  /** That came over the network, compressed as they were. */
  readonly bytes: number
  /** That were here already, from a download that broke off, or all of them. */
  readonly keptBytes: number
  /** How most of it came; absent where nothing did. */
  readonly compression?: TransferWay['compression']
  readonly connections?: TransferWay['connections']
}

export interface DownloadReport {
  onPhase(phase: 'downloading' | 'verifying'): void
  onProgress(doneBytes: number, totalBytes: number): void
  onAlreadyHere(path: string): void
  onContinue(keptBytes: number): void
}

/** An archive that lies elsewhere: on a node, in a registry. */
export interface Downloadable {
  readonly label: string
  /** As it lies there. */
  readonly size: number
  /** Equal for equal contents only. */
  readonly identity: string
  /** Hexadecimal, as the place itself says. */
  sha256(signal: AbortSignal): Promise<string>
  /** Its bytes from `from` to the end. */
  transfer(from: number, signal: AbortSignal): DownloadTransfer
}

interface DownloadTransfer extends AsyncIterable<Uint8Array> {
  /** That came over the network so far, compressed as they were. */
  readonly receivedBytes: number
  /** Where there are several: the one that most of it came by. */
  readonly way?: TransferWay | undefined
}

export interface DownloadRequest {
  readonly source: Downloadable
  /** The name where it comes from. */
  readonly fileName: string
  /** The local folder. */
  readonly to: string
  readonly report: DownloadReport
  readonly signal: AbortSignal
}

/**
 * Brings an archive here, and compares its digest with the one that it has where it comes from. Nothing but the
 * whole, equal file ever has the final name; a file that is there and equal is left as it is. Where the connection keeps
 * breaking, what came stays for the next download of the same file, which goes on from there.
 * @throws {ActionError} DIGEST_MISMATCH
 * @throws {ByteSourceError} FILE_EXISTS with other content; FILE_NOT_WRITABLE; CHANGED on the node meanwhile.
 */
export async function download(request: DownloadRequest): Promise<LocalArchive> {
  const { source, fileName, to, report, signal } = request
  await makeFolder(to)
  const path = join(to, localArchiveName(fileName))
  const present = await findPresent(path, request)
  if (present) return present
  await using file = await continuePartialFile(path, source.identity)
  try {
    // Meanwhile, over a connection of its own: it takes a second per GB.
    const there = source.sha256(signal)
    there.catch(() => {})
    let keptBytes = file.keptBytes
    let arrived = await bring(file, keptBytes, request)
    report.onPhase('verifying')
    if (keptBytes > 0 && arrived.sha256 !== (await there)) {
      // What was kept may be to blame.
      await file.restart()
      keptBytes = 0
      arrived = await bring(file, keptBytes, request)
      report.onPhase('verifying')
    }
    const { sha256, bytes, way } = arrived
    if (sha256 !== (await there)) throw mismatch(source, await there, sha256)
    const twin = await commit(file, path, request)
    if (twin) return twin
    return { path, size: source.size, sha256, transfer: { bytes, keptBytes, ...way } }
  } catch (error) {
    if (isBrokenConnection(error)) file.keep()
    throw error
  }
}

/** Gives the file its name, unless another command has brought the same one meanwhile: that one then. */
async function commit(
  file: ContinuedFile,
  path: string,
  request: DownloadRequest,
): Promise<LocalArchive | undefined> {
  try {
    await file.commit()
    return undefined
  } catch (error) {
    if (!(error instanceof ByteSourceError && error.code === 'FILE_EXISTS')) throw error
    return findPresent(path, request)
  }
}

interface Arrived {
  readonly sha256: string
  /** That came over the network. */
  readonly bytes: number
  readonly way: TransferWay | undefined
}

/** Adds to `file` what it lacks, and gives the digest of the whole. */
async function bring(
  file: ContinuedFile,
  keptBytes: number,
  { source, report, signal }: DownloadRequest,
): Promise<Arrived> {
  report.onPhase('downloading')
  const hash = createHash('sha256')
  let doneBytes = keptBytes
  const advance = (chunk: Uint8Array) => {
    hash.update(chunk)
    doneBytes += chunk.length
    report.onProgress(doneBytes, source.size)
  }
  report.onProgress(doneBytes, source.size)
  if (keptBytes > 0) {
    report.onContinue(keptBytes)
    await using kept = await openLocalFile(file.path)
    await hashInto(hash, kept, signal)
  }
  const transfer = source.transfer(keptBytes, signal)
  for await (const piece of transfer) {
    await file.write(piece)
    advance(piece)
  }
  return { sha256: hash.digest('hex'), bytes: transfer.receivedBytes, way: transfer.way }
}

async function findPresent(
  path: string,
  { source, report, signal }: DownloadRequest,
): Promise<LocalArchive | undefined> {
  try {
    await using file = await openLocalFile(path)
    const { size } = file
    if (size === source.size) {
      report.onPhase('verifying')
      const hash = createHash('sha256')
      const [sha256] = await Promise.all([source.sha256(signal), hashInto(hash, file, signal)])
      if (hash.digest('hex') === sha256) {
        report.onAlreadyHere(path)
        return { path, size, sha256, transfer: { bytes: 0, keptBytes: size } }
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

async function hashInto(hash: Hash, source: ByteSource, signal: AbortSignal): Promise<void> {
  for await (const chunk of chunks(source, { signal })) hash.update(chunk)
}

const mismatch = (source: Downloadable, there: string, arrived: string): ActionError =>
  new ActionError('DIGEST_MISMATCH', `${source.label}: its digest is ${there}, but ${arrived} arrived`, {
    hint: 'Fetch it again; if it stays so, the place it lies in or the way to it is damaged, or tampered with.',
  })
