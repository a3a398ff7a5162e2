import { ByteSourceError } from '../../bytes/index.ts'
import { type Archive, ArchiveError, openArchive } from '../../checkpoint/archive/index.ts'
import { OciError } from '../../formats/oci/index.ts'
import { TarError } from '../../formats/tar/index.ts'
import { type NodeFile, NodeFilesError, type NodeFolder } from '../../remote/node-files/index.ts'
import type { ArchiveOwner } from './parse-archive-name.ts'

export interface Opened {
  readonly kind: 'opened'
  readonly archive: Pick<Archive, 'container' | 'engine'>
}

/** What a few reads of a file on a node showed. */
export type Look =
  | Opened
  /** It was written to meanwhile. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'gone' }

/** Opens an archive to learn whose it is. @throws what reading nodes throws; never for what is in the file. */
export type LookInside = (folder: NodeFolder, file: NodeFile, signal: AbortSignal) => Promise<Look>

export const lookInside: LookInside = async (folder, { name }, signal) => {
  try {
    const source = await folder.open(name, signal)
    const { container, engine } = await openArchive(source, { signal })
    return { kind: 'opened', archive: { ...(container && { container }), ...(engine && { engine }) } }
  } catch (error) {
    if (error instanceof NodeFilesError && error.code === 'NODE_FILE_NOT_FOUND') return { kind: 'gone' }
    if (error instanceof ByteSourceError && error.code === 'CHANGED') return { kind: 'changed' }
    if (isOfContent(error)) return { kind: 'unreadable' }
    throw error
  }
}

const isOfContent = (error: unknown): boolean =>
  [ArchiveError, ByteSourceError, OciError, TarError].some((type) => error instanceof type)

/** Whose archive it is, by its own words; `guessed` where the part that says so is lost. */
export function ownerInside({ archive: { container } }: Opened, guessed: ArchiveOwner): ArchiveOwner {
  const { namespace, pod, name } = container ?? {}
  return namespace === undefined || pod === undefined || name === undefined
    ? guessed
    : { namespace, pod, container: name }
}
