import { readContent } from '../../checkpoint/filesystem/index.ts'
import { quote } from '../../quote.ts'
import type { ActionOptions, Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'
import { demandFile, type FilesRequest, openFiles } from './open-files.ts'

export interface ReadFileRequest extends FilesRequest {
  readonly path: string
}

export interface ReadFileResult {
  readonly path: string
  readonly sizeBytes: number
  /** Bytes written as zeros because the file has holes there. */
  readonly holeBytes: number
  /** Bytes written as zeros because the archive doesn't have them. */
  readonly missingBytes: number
}

const zeros = new Uint8Array(1024 * 1024)

/**
 * Hands over the content of a file of an archive, in order, to `write`, which says when it can take more.
 * @throws {ActionError} FILE_NOT_IN_ARCHIVE; NO_CONTENT; what opening an archive throws.
 */
export function readFile(
  request: ReadFileRequest,
  write: (bytes: Uint8Array) => Promise<void>,
  context: Context,
  options: ActionOptions,
): Run<ActionEvent, ReadFileResult> {
  return startRun(async (emit) => {
    await using files = await openFiles(request, context, emit, options)
    const { path, type, change, openContent } = demandFile(files, request.path)
    if (!openContent) throw noContent(path, change === 'deleted' ? 'was deleted' : `is a ${type}`)
    const content = await openContent(options)
    let position = 0
    const writeZeros = async (end: number) => {
      for (; position < end; position += zeros.length) {
        options.signal.throwIfAborted()
        await write(zeros.subarray(0, Math.min(zeros.length, end - position)))
      }
      position = end
    }
    let held = 0
    for await (const { offset, bytes } of readContent(content, options)) {
      await writeZeros(offset)
      await write(bytes)
      position = offset + bytes.length
      held += bytes.length
    }
    await writeZeros(content.size)
    const { size, missingBytes } = content
    return { path, sizeBytes: size, holeBytes: size - held - missingBytes, missingBytes }
  }, coalesceProgress)
}

const noContent = (path: string, reason: string): ActionError =>
  new ActionError('NO_CONTENT', `${quote(path)} ${reason}: it has no content to print`, {
    hint: 'See what there is with `files ls -R ARCHIVE`.',
  })
