import { type FileHandle, link, open, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ByteSourceError } from '../../bytes/index.ts'
import { type UnreadablePart, unlessUnreadable } from '../../checkpoint/archive/index.ts'
import { type FileNode, FilesystemError, readContent } from '../../checkpoint/filesystem/index.ts'
import type { FileExtraction } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'
import { ContentDigest } from './content-digest.ts'
import { describeFile } from './describe-file.ts'
import {
  type KeptAttributes,
  setFileAttributes,
  setLinkAttributes,
  setPathAttributes,
} from './file-attributes.ts'
import { makeDevice } from './make-device.ts'
import { demandFile, type FilesRequest, openFiles } from './open-files.ts'
import { lstatIfThere, OutputFolder, RefusedName, writing } from './output-folder.ts'
import { type ExtractionPlan, type PlannedFile, planExtraction, type SkippedFile } from './plan-extraction.ts'

export interface ExtractFilesRequest extends FilesRequest, KeptAttributes {
  /** With everything below them. Default: all. */
  readonly paths: readonly string[]
  /** A folder, made if it isn't there. */
  readonly to: string
  /** Replaces files that are there; folders never. */
  readonly overwrite: boolean
  /** Makes devices and FIFOs, too. */
  readonly devices: boolean
}

/**
 * Writes files of an archive into a folder, and never out of it, whatever the archive says. Files keep their paths
 * below it, modes and times; links lead to the same places within it; holes stay holes. If it fails or is aborted,
 * everything is removed that it made, except what took the place of something else.
 * @throws {ActionError} FILE_NOT_IN_ARCHIVE; what opening an archive throws.
 * @throws {ByteSourceError} FILE_EXISTS before anything is written; FILE_NOT_WRITABLE.
 */
export function extractFiles(
  request: ExtractFilesRequest,
  context: Context,
  options: ActionOptions,
): Run<ActionEvent, FileExtraction> {
  return startRun(async (emit) => {
    await using opened = await openFiles(request, context, emit, options)
    const { archive, tree } = opened
    const nodes =
      request.paths.length === 0 ? tree.roots : request.paths.map((path) => demandFile(opened, path))
    const { platform } = process
    const plan = planExtraction(nodes, { devices: request.devices, platform })
    await refuseConflicts(plan, request)
    const output = await OutputFolder.open(request.to, request.overwrite)
    const extraction = new Extraction(plan, output, request, options.signal, (doneBytes) =>
      emit({ type: 'progress', item: request.archive, doneBytes, totalBytes: plan.totalBytes }),
    )
    try {
      emit({ type: 'phase', item: request.archive, phase: 'extracting' })
      await extraction.run()
    } catch (error) {
      await output.undo()
      throw error
    }
    return {
      apiVersion: 'kubectl-checkpoint/v1',
      kind: 'FileExtraction',
      archive: archive.origin.label,
      folder: output.path,
      items: extraction.items,
      skipped: extraction.skipped,
      unreadable: [...tree.unreadable, ...extraction.unreadable],
    }
  }, coalesceProgress)
}

/** @throws {ByteSourceError} FILE_EXISTS where something is in the way of the plan. */
async function refuseConflicts(plan: ExtractionPlan, { to, overwrite }: ExtractFilesRequest): Promise<void> {
  const folder = resolve(to)
  if (!(await lstatIfThere(folder))) return
  const conflicts: string[] = []
  const check = async (planned: readonly PlannedFile[], isFolder: boolean) => {
    for (const { parts } of planned) {
      const path = join(folder, ...parts)
      // What can't be looked up can't be in the way, but in its own.
      const found = await lstatIfThere(path).catch(() => undefined)
      const givesWay = isFolder ? found?.isDirectory() : overwrite && !found?.isDirectory()
      if (found && !givesWay && parts.length > 0) conflicts.push(path)
    }
  }
  await check(plan.folders, true)
  await check([...plan.files, ...plan.devices, ...plan.links], false)
  const [first, ...others] = conflicts
  if (first === undefined) return
  const more = others.length === 0 ? 'is' : `and ${others.length} more are`
  throw new ByteSourceError('FILE_EXISTS', `${first} ${more} there already`, {
    hint: overwrite
      ? 'Extract into another folder: files and folders do not replace each other.'
      : 'Extract into another folder, or add --overwrite.',
  })
}

/** One run of a plan. */
class Extraction {
  readonly items: FileExtraction['items'][number][] = []
  readonly skipped: SkippedFile[]
  readonly unreadable: UnreadablePart[] = []
  readonly #plan: ExtractionPlan
  readonly #output: OutputFolder
  readonly #kept: KeptAttributes
  readonly #signal: AbortSignal
  readonly #onProgress: (doneBytes: number) => void
  /** Where the content is that several names have, by the path of the first of them. */
  readonly #contents = new Map<string, string>()
  /** Of contents, by the same paths. */
  readonly #digests = new Map<string, string>()
  #doneBytes = 0

  constructor(
    plan: ExtractionPlan,
    output: OutputFolder,
    kept: KeptAttributes,
    signal: AbortSignal,
    onProgress: (doneBytes: number) => void,
  ) {
    this.#plan = plan
    this.#output = output
    this.#kept = kept
    this.#signal = signal
    this.#onProgress = onProgress
    this.skipped = [...plan.skipped]
  }

  async run(): Promise<void> {
    const { folders, files, devices, links } = this.#plan
    const made: PlannedFile[] = []
    for (const planned of folders) {
      await this.#each(planned, async () => {
        const path = await this.#output.makeFolder(planned.parts)
        // The folder to extract to stays its owner's alone, whatever the container's root is.
        if (planned.parts.length > 0 && this.#output.hasMade(path)) made.push(planned)
        return path
      })
    }
    for (const planned of files) await this.#each(planned, () => this.#extractFile(planned))
    for (const planned of devices) {
      await this.#each(planned, () =>
        this.#place(planned, async (path) => {
          await makeDevice(path, planned.node)
          await setPathAttributes(path, planned.node, this.#kept)
        }),
      )
    }
    for (const planned of links) {
      await this.#each(planned, () =>
        this.#place(planned, async (path) => {
          await symlink(planned.target, path)
          await setLinkAttributes(path, planned.node, this.#kept)
        }),
      )
    }
    // Last, inner ones first: what is made in a folder changes its time, and its mode may forbid it.
    for (const { node, parts } of made.reverse()) {
      const path = join(this.#output.path, ...parts)
      await writing(path, () => setPathAttributes(path, node, this.#kept))
    }
  }

  /** Makes one file; that it can't be read or have its name keeps no other from being made. */
  async #each({ node, parts }: PlannedFile, make: () => Promise<string>): Promise<void> {
    this.#signal.throwIfAborted()
    try {
      const report = (part: UnreadablePart) => void this.unreadable.push(part)
      const localPath = await unlessUnreadable(node.path, report, make, FilesystemError)
      // The folder itself, which `/` stands for, is no file of the archive.
      if (localPath !== undefined && parts.length > 0) {
        const sha256 = this.#digests.get(node.hardLinkTo ?? node.path)
        this.items.push({ ...describeFile(node), localPath, ...(sha256 && { sha256 }) })
      }
    } catch (error) {
      if (!(error instanceof RefusedName)) throw error
      this.skipped.push({ path: node.path, reason: error.reason })
    }
  }

  async #extractFile(planned: PlannedFile): Promise<string> {
    const { path, hardLinkTo = path } = planned.node
    const first = this.#contents.get(hardLinkTo)
    if (first !== undefined) return this.#place(planned, (path) => link(first, path))
    const made = await this.#output.place(planned.parts, (path) => this.#write(planned.node, path))
    this.#contents.set(hardLinkTo, made)
    return made
  }

  #place({ parts }: PlannedFile, make: (path: string) => Promise<void>): Promise<string> {
    return this.#output.place(parts, (path) => writing(path, () => make(path)))
  }

  async #write(node: FileNode, path: string): Promise<void> {
    const content = await node.openContent?.({ signal: this.#signal })
    if (!content) return
    await using file = await writing(path, () => open(path, 'wx', 0o600))
    const digest = new ContentDigest()
    let end = 0
    for await (const { offset, bytes } of readContent(content, { signal: this.#signal })) {
      await writing(path, () => writeAt(file, bytes, offset))
      digest.add(offset, bytes)
      end = offset + bytes.length
      this.#doneBytes += bytes.length
      this.#onProgress(this.#doneBytes)
    }
    // A hole at the end.
    if (end < content.size) await writing(path, () => file.truncate(content.size))
    await writing(path, () => setFileAttributes(file, node, this.#kept))
    const sha256 = digest.end(content.size)
    if (sha256) this.#digests.set(node.path, sha256)
  }
}

async function writeAt(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, offset + written)
    written += bytesWritten
  }
}
