import { readdir, stat } from 'node:fs/promises'
import {
  type ByteSource,
  type Compression,
  type CountingSource,
  countingSource,
  type LocalFolder,
  openLocalFile,
  readLocalFolder,
} from '../bytes/index.ts'
import {
  type Archive,
  ArchiveError,
  type Inflate,
  openArchive,
  openArchiveFolder,
} from '../checkpoint/archive/index.ts'
import { type ArchiveReference, parseArchiveReference } from './archive-reference.ts'
import type { ActionOptions, Context } from './context.ts'
import type { ActionEvent } from './events.ts'
import { inflateArchive } from './inflate-archive.ts'

export interface OpenArchiveOptions extends ActionOptions {
  /** Which container's archive is meant where a target names several. */
  readonly container?: string
  /** Leave what was decompressed in the cache, for the next time that the same archive is opened. */
  readonly keepSpool?: boolean
  readonly emit: (event: ActionEvent) => void
}

/** An archive with everything that it is read through, which disposing of it closes and removes. */
export interface OpenedArchive extends Archive, AsyncDisposable {
  /** What was named, where it lies and as it lies (perhaps compressed), and what of it has been read so far. */
  readonly origin: CountingSource
  /** Whether it lies on this machine, where reading costs no round trips. */
  readonly isLocal: boolean
  /** It is a folder with an archive's files, and not a tar. */
  readonly isUnpacked: boolean
  /** The blob of an image in a registry that it is, byte for byte. */
  readonly blob?: { readonly image: string; readonly digest: string }
  /** How it is stored; absent if it isn't compressed. */
  readonly compression?: Compression
}

/**
 * Opens what a user named: a local file or folder, `NODE:FILE`, a target's newest archive, `oci://IMAGE`. Of those, it
 * may be a tar archive, plain or compressed, a checkpoint image, or a folder of CRIU's images. Reads no more of it than
 * it must; what is compressed goes through a file in the cache.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; NO_ARCHIVE; SEVERAL_ARCHIVES; what connecting to the cluster or the
 * registry, opening files and reading archives throw.
 */
export async function openArchiveReference(
  text: string,
  context: Context,
  options: OpenArchiveOptions,
): Promise<OpenedArchive> {
  const resources = new AsyncDisposableStack()
  try {
    const opened = await openWith(resources, text, context, options)
    return { ...opened, [Symbol.asyncDispose]: () => resources.disposeAsync() }
  } catch (error) {
    await resources.disposeAsync()
    throw error
  }
}

/** Leaves to `resources` what is to be closed, now or when a later read needs it. */
async function openWith(
  resources: AsyncDisposableStack,
  text: string,
  context: Context,
  options: OpenArchiveOptions,
): Promise<Omit<OpenedArchive, typeof Symbol.asyncDispose>> {
  const reference = await parse(text)
  const { source, entries, identity } = await openPlace(reference, context, options, resources)
  const origin = countingSource(source)
  const { signal, emit, keepSpool = false } = options
  const { cacheFolder } = context
  const isLocal = reference.kind === 'local'
  const inflateIt = inflateArchive(
    { item: text, cacheFolder, identity, isLocal, keepSpool, emit, signal },
    resources,
  )
  const stored: { compression?: Compression } = {}
  const inflate: Inflate = (compressed, compression) => {
    stored.compression = compression
    return inflateIt(compressed, compression)
  }
  const archive = entries
    ? await openArchiveFolder({ source: origin, entries }, { signal, inflate })
    : await openArchive(origin, { signal, inflate })
  const isUnpacked = entries !== undefined && archive.source === origin
  const isBlob = reference.kind === 'registry' && archive.source === origin
  const blob = isBlob ? { blob: { image: reference.image, digest: identity } } : {}
  return { ...archive, origin, isLocal, isUnpacked, ...blob, ...stored }
}

/** Where an archive lies, opened: a file, or the files of a folder. */
export interface OpenedPlace {
  readonly source: ByteSource
  readonly entries?: LocalFolder['entries']
  /** What tells its bytes from all others: of the file, or the digest of the bytes themselves. */
  readonly identity: string
}

async function openPlace(
  reference: ArchiveReference,
  context: Context,
  options: OpenArchiveOptions,
  resources: AsyncDisposableStack,
): Promise<OpenedPlace> {
  switch (reference.kind) {
    case 'local':
      return openLocal(reference.path, options, resources)
    case 'registry': {
      const { openRegistryImage } = await import('./open-registry-image.ts')
      return openRegistryImage(reference.image, context, options, resources)
    }
    default: {
      // The cluster's code takes longer to load than a local archive takes to read.
      const { openNodeArchive } = await import('./on-cluster.ts')
      return openNodeArchive(reference, context, options, resources)
    }
  }
}

async function openLocal(
  path: string,
  { signal }: OpenArchiveOptions,
  resources: AsyncDisposableStack,
): Promise<OpenedPlace> {
  const found = await stat(path, { bigint: true }).catch(() => undefined)
  const identity = `${found?.dev} ${found?.ino} ${found?.size} ${found?.mtimeNs}`
  if (!found?.isDirectory()) return { source: resources.use(await openLocalFile(path)), identity }
  await checkFolder(path)
  return { ...(await readLocalFolder(path, { signal })), identity }
}

const parse = async (text: string): Promise<ArchiveReference> =>
  parseArchiveReference(
    text,
    await stat(text).then(
      (found) => found.isFile() || found.isDirectory(),
      () => false,
    ),
  )

const isMark = (name: string): boolean =>
  ['config.dump', 'oci-layout', 'checkpoint', 'pre-checkpoint'].includes(name) || name.endsWith('.img')

/**
 * Before everything below a folder is listed that was named by mistake.
 * @throws {ArchiveError} NOT_A_CHECKPOINT
 */
async function checkFolder(path: string): Promise<void> {
  const names = await readdir(path).catch(() => undefined)
  // Why it can't be read, listing it says.
  if (!names || names.some(isMark)) return
  const hint = /^[a-z0-9][a-z0-9.-]*$/.test(path)
    ? `For a pod of this name, say pod/${path}.`
    : 'Name the folder that an archive was unpacked into, or that CRIU wrote its images to.'
  throw new ArchiveError(
    'NOT_A_CHECKPOINT',
    `${path} is a folder without config.dump, oci-layout or images`,
    { hint },
  )
}
