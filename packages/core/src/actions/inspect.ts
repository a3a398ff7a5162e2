import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path/posix'
import { type ByteSource, countingSource, openLocalFile } from '../bytes/index.ts'
import { type Archive, openArchive } from '../checkpoint/archive/index.ts'
import { type Process, readInventory, readProcesses } from '../checkpoint/process/index.ts'
import { parseArchiveReference } from './archive-reference.ts'
import type { ActionOptions, Context } from './context.ts'
import { ActionError } from './errors.ts'
import { type ActionEvent, coalesceProgress } from './events.ts'
import { type Run, startRun } from './run.ts'

export interface InspectRequest {
  /** A local path, `NODE:FILE`, `NODE:/folder/FILE`, or a target for its newest archive. */
  readonly archive: string
  readonly container?: string
}

/** What an archive holds, as plain data for any output. Its texts come from the container: nothing is safe to print. */
export interface Inspection {
  readonly archive: {
    /** Where it lies: a local path, or `NODE:FILE`. */
    readonly label: string
    readonly size: number
    /** What looking inside took: bytes and reads of the archive. */
    readonly bytesRead: number
    readonly reads: number
  }
  readonly engine?: 'containerd' | 'cri-o' | 'podman'
  readonly container: {
    readonly name: string
    readonly id: string
    readonly image?: string
    readonly imageRef?: string
    readonly runtime?: string
    /** RFC 3339 in UTC. */
    readonly createdAt?: string
    readonly checkpointedAt?: string
    readonly pod?: string
    readonly namespace?: string
  }
  readonly criu: { readonly imageVersion: number; readonly securityModule: string }
  readonly sizes: {
    readonly memoryBytes: number
    readonly imageBytes: number
    readonly rootfsDiffBytes: number
    readonly volumeBytes: number
  }
  /** Every parent before its children. */
  readonly processes: readonly InspectedProcess[]
}

interface InspectedProcess {
  readonly pid: number
  readonly ppid: number
  readonly comm: string
  readonly exe?: string
  /** Absent for zombies, and where the archive doesn't hold that memory. */
  readonly args?: readonly string[]
  readonly uid?: number
  readonly gid?: number
  readonly state: string
  readonly threads: readonly { readonly tid: number }[]
}

/**
 * Looks into an archive where it lies, and reads no more of it than it must.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; NO_ARCHIVE; SEVERAL_ARCHIVES; what connecting to the cluster,
 *   opening files and reading archives throw.
 */
export function inspect(
  request: InspectRequest,
  context: Context,
  options: ActionOptions,
): Run<ActionEvent, Inspection> {
  return startRun(async (emit) => {
    const isFile = await isLocalFile(request.archive)
    const reference = parseArchiveReference(request.archive, isFile)
    if (reference.kind === 'local') {
      await using file = await openLocalFile(reference.path)
      return await inspectSource(file, options)
    }
    // A local archive needs none of the cluster's code, which takes longer to load than the archive.
    const [{ openScope }, { planArchives }] = await Promise.all([
      import('./scope.ts'),
      import('./plan-archives.ts'),
    ])
    await using scope = await openScope(context, emit, options.signal)
    const [wanted, another] = await planArchives(scope, reference, request.container)
    if (!wanted || another) {
      throw new ActionError(
        'SEVERAL_ARCHIVES',
        `${request.archive} names the archives of several containers`,
        {
          hint: 'Name one: POD/CONTAINER, or NODE:FILE.',
        },
      )
    }
    const place = await wanted.locate()
    const folder = scope.readers.folder(place.node, dirname(place.path))
    return await inspectSource(await folder.open(basename(place.path), options.signal), options)
  }, coalesceProgress)
}

const isLocalFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

async function inspectSource(source: ByteSource, { signal }: ActionOptions): Promise<Inspection> {
  const counted = countingSource(source)
  const archive = await openArchive(counted, { signal })
  const { imageVersion, securityModule } = await readInventory(archive, { signal })
  const processes = await readProcesses(archive, { signal })
  const { label, size, bytesRead, reads } = counted
  return {
    archive: { label, size, bytesRead, reads },
    ...(archive.engine && { engine: archive.engine.name }),
    container: describeContainer(archive),
    criu: { imageVersion, securityModule },
    sizes: {
      memoryBytes: archive.sizes.memory,
      imageBytes: archive.sizes.images,
      rootfsDiffBytes: archive.sizes.rootfsDiff,
      volumeBytes: archive.sizes.volumes,
    },
    processes: processes.map(describeProcess),
  }
}

function describeContainer({ container }: Archive): Inspection['container'] {
  const { createdAt, checkpointedAt, ...rest } = container
  return {
    ...rest,
    ...(createdAt && { createdAt: createdAt.toISOString() }),
    ...(checkpointedAt && { checkpointedAt: checkpointedAt.toISOString() }),
  }
}

function describeProcess({
  pid,
  ppid,
  comm,
  exe,
  args,
  credentials,
  state,
  threads,
}: Process): InspectedProcess {
  return {
    pid,
    ppid,
    comm,
    ...(exe !== undefined && { exe }),
    ...(args && { args }),
    ...(credentials && { uid: credentials.uid, gid: credentials.gid }),
    state,
    threads: threads.map((tid) => ({ tid })),
  }
}
