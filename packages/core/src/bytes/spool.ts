import { type FileHandle, open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type ByteSource, checkRange, type OpenByteSource } from './byte-source.ts'
import type { Compression } from './compression.ts'
import { ByteSourceError } from './errors.ts'
import { type InflateOptions, inflate } from './inflate.ts'
import { openLocalFile } from './local-file.ts'
import { createPartialFile } from './partial-file.ts'

export interface SpoolOptions extends InflateOptions {
  /** Where to put the file: a folder that is there, and is its owner's alone. */
  readonly folder: string
  /**
   * Leave the file in the folder under this name, for `findSpool`. Without it, nothing is left behind, not even by a
   * process that is killed.
   */
  readonly keepAs?: string
  /** Bytes of the file system that must stay free. Default: 256 MiB. */
  readonly marginBytes?: number
  /** Bytes that are free for this user in the file system of a folder. Default: what the system says. */
  readonly freeBytes?: (folder: string) => Promise<number>
}

/** How much is written between two looks at what is free: others write there, too. */
const checkInterval = 64 * 1024 * 1024

/**
 * Decompresses a source into a file, since it can't be read from its middle, and opens that.
 * @throws {ByteSourceError} what `inflate` throws; DISK_FULL; FILE_NOT_WRITABLE.
 */
export async function openSpool(
  source: ByteSource,
  compression: Compression,
  options: SpoolOptions,
): Promise<OpenByteSource> {
  const { folder, keepAs } = options
  const bytes = guarded(inflate(source, compression, options), source.label, options)
  return keepAs === undefined
    ? openNameless(source.label, folder, bytes)
    : openKept(source.label, join(folder, keepAs), bytes)
}

/** Opens what an earlier `openSpool` kept under this name, which must stand for one content for ever. */
export async function findSpool(
  folder: string,
  name: string,
  label: string,
): Promise<OpenByteSource | undefined> {
  try {
    return { ...(await openLocalFile(join(folder, name))), label }
  } catch (error) {
    if (error instanceof ByteSourceError && error.code === 'FILE_NOT_FOUND') return undefined
    throw error
  }
}

/** A file without a name is gone as soon as it is closed, however that happens. */
async function openNameless(
  label: string,
  folder: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<OpenByteSource> {
  await using resources = new AsyncDisposableStack()
  const path = join(folder, `${crypto.randomUUID()}.spool`)
  // Where a file that is open can't be removed yet.
  resources.defer(() => rm(path, { force: true }))
  const file = resources.use(await writing(path, () => open(path, 'wx+', 0o600)))
  await rm(path).catch(() => {})
  const size = await writeAll(bytes, (chunk) => writing(path, () => file.writeFile(chunk)))
  const kept = resources.move()
  return {
    label,
    size,
    async read(offset, length, options) {
      options?.signal?.throwIfAborted()
      checkRange({ label, size }, offset, length)
      return readAt(file, label, offset, length)
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

async function openKept(
  label: string,
  path: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<OpenByteSource> {
  await using file = await createPartialFile(path)
  await writeAll(bytes, (chunk) => file.write(chunk))
  await file.commit().catch((error) => {
    // Another command decompressed the same meanwhile.
    if (!(error instanceof ByteSourceError && error.code === 'FILE_EXISTS')) throw error
  })
  return { ...(await openLocalFile(path)), label }
}

/** Writes chunks, each while the next is being decompressed. Gives the number of bytes. */
async function writeAll(
  chunks: AsyncIterable<Uint8Array>,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<number> {
  let size = 0
  let writing = Promise.resolve()
  try {
    for await (const chunk of chunks) {
      await writing
      writing = write(chunk)
      // Awaited in the next turn; until then it must not count as unhandled.
      writing.catch(() => {})
      size += chunk.length
    }
  } finally {
    await writing
  }
  return size
}

/** Passes the chunks on as long as the disk has room for them. */
async function* guarded(
  chunks: AsyncIterable<Uint8Array>,
  label: string,
  options: SpoolOptions,
): AsyncGenerator<Uint8Array> {
  const { folder, marginBytes = 256 * 1024 * 1024, freeBytes = freeBytesOf } = options
  let unchecked = checkInterval
  for await (const chunk of chunks) {
    unchecked += chunk.length
    if (unchecked > checkInterval) {
      unchecked = 0
      if ((await freeBytes(folder)) < marginBytes + checkInterval) throw diskFull(folder, label)
    }
    yield chunk
  }
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

async function readAt(file: FileHandle, label: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled)
    if (bytesRead === 0) throw new ByteSourceError('TRUNCATED', `${label} ends at ${offset + filled}`)
    filled += bytesRead
  }
  return bytes
}

async function writing<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    throw new ByteSourceError('FILE_NOT_WRITABLE', `${path} cannot be written: ${(cause as Error).message}`, {
      hint: 'Make the cache folder writable, with space in it.',
      cause,
    })
  }
}

const diskFull = (folder: string, label: string): ByteSourceError =>
  new ByteSourceError('DISK_FULL', `${folder} has no room for what ${label} holds when decompressed`, {
    hint: 'Free some space, or name a cache folder on another disk with XDG_CACHE_HOME.',
  })
