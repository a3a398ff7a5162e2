import { basename } from 'node:path'
import { type ByteSource, openLocalFile } from '../bytes/index.ts'
import {
  type CritEntry,
  CriuError,
  findRawImage,
  readCritEntries,
  readImageType,
} from '../formats/criu/index.ts'
import { nearNames } from '../near-names.ts'
import { quote } from '../quote.ts'
import type { ActionOptions, Context } from './context.ts'
import { ActionError } from './errors.ts'
import { type ActionEvent, coalesceProgress } from './events.ts'
import { type ItemFailure, reportFailure } from './item-failure.ts'
import { type OpenedArchive, openArchiveReference } from './open-archive-reference.ts'
import { type Run, startRun } from './run.ts'

export interface ReadRawImagesRequest {
  /** Paths of loose images; of an archive, names of images in it, with `.img` or without. */
  readonly images: readonly string[]
  /** What they lie in: a local path, `NODE:FILE`, a target for its newest archive … */
  readonly archive?: string
  readonly container?: string
  /** Leave what was decompressed in the cache. */
  readonly keepSpool?: boolean
  /** Numbers as `crit show` writes them; else as `crit decode` does. */
  readonly pretty: boolean
  /** Whether to give the data that follows messages; else its size alone. */
  readonly payloads: boolean
}

/** An image in the form of CRIT, while it is open. */
export interface RawImage {
  /** CRIT's name of its type: `PSTREE`. */
  readonly magic: string
  /** To be iterated once; the image is read meanwhile. */
  readonly entries: AsyncIterable<CritEntry>
}

export interface ReadRawImagesResult {
  readonly read: number
  /** Of several, those that hold no messages by their names, such as memory. */
  readonly skipped: readonly string[]
  /** Images that aren't known, or damaged; the others were handed over all the same. */
  readonly failures: readonly ItemFailure[]
}

/**
 * Hands one image after another to `use`, which is done with it when its promise is.
 * @throws what opening the archive throws.
 */
export function readRawImages(
  request: ReadRawImagesRequest,
  use: (image: RawImage) => Promise<void>,
  context: Context,
  options: ActionOptions,
): Run<ActionEvent, ReadRawImagesResult> {
  return startRun(async (emit) => {
    const { signal } = options
    await using resources = new AsyncDisposableStack()
    const { archive: reference, images, pretty, payloads } = request
    const { container, keepSpool = false } = request
    const archive =
      reference === undefined
        ? undefined
        : resources.use(
            await openArchiveReference(reference, context, {
              signal,
              emit,
              keepSpool,
              ...(container === undefined ? {} : { container }),
            }),
          )
    const readImage = async (source: ByteSource) => {
      const type = await readImageType(source, { signal })
      await use({ magic: type.name, entries: readCritEntries(type, source, { pretty, payloads, signal }) })
    }
    const readLoose = async (path: string) => {
      await using file = await openLocalFile(path)
      await readImage(file)
    }
    const failures: ItemFailure[] = []
    const skipped: string[] = []
    const isSkipped = (name: string, cause: unknown) =>
      images.length > 1 &&
      cause instanceof CriuError &&
      cause.code === 'UNKNOWN_IMAGE' &&
      findRawImage(basename(name)) !== undefined
    for (const name of images) {
      try {
        await (archive ? readImage(findImage(archive, name)) : readLoose(name))
      } catch (cause) {
        signal.throwIfAborted()
        if (isSkipped(name, cause)) skipped.push(name)
        else failures.push(reportFailure({ emit, signal }, name, cause))
      }
    }
    return { read: images.length - failures.length - skipped.length, skipped, failures }
  }, coalesceProgress)
}

/** @throws {ActionError} IMAGE_NOT_IN_ARCHIVE */
function findImage(archive: OpenedArchive, name: string): ByteSource {
  const stem = name.replace(/\.img$/, '')
  const found = archive.findImage(stem) ?? archive.findEntry(name)
  if (found) return found
  const near = nearNames(
    stem,
    archive.images.map((image) => image.name),
  )
  throw new ActionError(
    'IMAGE_NOT_IN_ARCHIVE',
    `there is no image ${quote(name)} in ${archive.origin.label}`,
    {
      hint:
        near.length > 0
          ? `Did you mean ${near.map((name) => quote(name)).join(', ')}?`
          : 'Images are named as in the archive: pstree, core-1, mm-1.',
    },
  )
}
