import type { ReadOptions } from '../../bytes/index.ts'
import { type ComparedCheckpoint, compareCheckpoints } from '../../checkpoint/difference/index.ts'
import { readFileTree } from '../../checkpoint/filesystem/index.ts'
import { openAddressSpaces } from '../../checkpoint/process/index.ts'
import type { ComparedAspect, Difference, Section } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { inspectArchive } from '../inspect/inspect-archive.ts'
import { type OpenedArchive, openArchiveReference } from '../open-archive-reference.ts'
import { type Run, startRun } from '../run.ts'

export interface DiffRequest {
  /** Each as `openArchiveReference` takes it. */
  readonly a: string
  readonly b: string
  /** Which container's archive is meant where a target names several. */
  readonly container?: string
  /** What is compared; everything by default. */
  readonly aspects?: ReadonlySet<ComparedAspect>
  /**
   * Whether to read all memory and files, and not only what describes them. By default, where both archives lie on this
   * machine, or where memory is asked for by name.
   */
  readonly contents?: boolean
  readonly keepSpool?: boolean
}

/** What must be read for an aspect. */
const sections: Readonly<Record<ComparedAspect, readonly Section[]>> = {
  container: ['spec'],
  processes: ['memory'],
  env: ['env'],
  descriptors: ['files'],
  sockets: ['sockets'],
  mappings: ['memory'],
  memory: ['memory'],
  mounts: ['mounts'],
  namespaces: ['namespaces'],
  files: [],
}

const allAspects: ReadonlySet<ComparedAspect> = new Set(Object.keys(sections) as ComparedAspect[])

/**
 * Compares two checkpoints.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; NO_ARCHIVE; SEVERAL_ARCHIVES; what connecting to the cluster,
 * opening files and reading archives throw.
 */
export function diff(
  request: DiffRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, Difference> {
  return startRun(async (emit) => {
    const { container, keepSpool, aspects = allAspects } = request
    const options = {
      signal,
      emit,
      ...(container !== undefined && { container }),
      ...(keepSpool !== undefined && { keepSpool }),
    }
    await using a = await openArchiveReference(request.a, context, options)
    await using b = await openArchiveReference(request.b, context, options)
    const contents = request.contents ?? (request.aspects?.has('memory') || (a.isLocal && b.isLocal))
    return await compareCheckpoints(
      await readCheckpoint(a, aspects, { signal }),
      await readCheckpoint(b, aspects, { signal }),
      { aspects, contents, signal },
    )
  }, coalesceProgress)
}

async function readCheckpoint(
  archive: OpenedArchive,
  aspects: ReadonlySet<ComparedAspect>,
  options: ReadOptions,
): Promise<ComparedCheckpoint> {
  const wanted = new Set([...aspects].flatMap((aspect) => sections[aspect]))
  const inspection = await inspectArchive(archive, wanted, options)
  let spaces: ReturnType<typeof openAddressSpaces> | undefined
  return {
    inspection,
    ...(aspects.has('files') && { files: await readFileTree(archive, options) }),
    async readMemory(pid) {
      spaces ??= openAddressSpaces(archive, options)
      return (await spaces)(pid)
    },
  }
}
