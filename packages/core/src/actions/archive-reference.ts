import { ActionError } from './errors.ts'

/** What a user may name an archive by. */
export type ArchiveReference =
  | { readonly kind: 'local'; readonly path: string }
  /** `image` as other tools name it: `registry.example/shop/web:1`. */
  | { readonly kind: 'registry'; readonly image: string }
  /** `file` lies in `folder`; `folder` is absent where only a name was given. */
  | { readonly kind: 'node'; readonly node: string; readonly file: string; readonly folder?: string }
  /** The newest archive of the containers that a target names. */
  | { readonly kind: 'target'; readonly target: string }

/** An archive that can be on a node. */
export type ClusterReference = Extract<ArchiveReference, { kind: 'node' | 'target' }>

const registryPrefix = 'oci://'
const nodePattern = /^(?<node>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?):(?<path>[^\\].*)$/s
const pathPattern = /^[.~/\\]|^[A-Za-z]:[\\/]|\\|\.(tar|tgz|gz|zst)$/

/**
 * Reads `text` as scp would: `NODE:FILE` and `NODE:/folder/FILE` first (a local file of such a name is `./NODE:FILE`),
 * then what is, or looks like, a local path, else a target such as `POD/CONTAINER`. `oci://IMAGE` is in a registry.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID
 */
export function parseArchiveReference(text: string, isLocal: boolean): ArchiveReference {
  if (text.startsWith(registryPrefix)) {
    const image = text.slice(registryPrefix.length)
    if (image.trim() === '') throw invalid(text)
    return { kind: 'registry', image }
  }
  const onNode = nodePattern.exec(text)?.groups
  if (onNode) return nodeReference(text, onNode.node ?? '', onNode.path ?? '')
  if (isLocal || pathPattern.test(text)) return { kind: 'local', path: text }
  if (text.trim() === '') throw invalid(text)
  return { kind: 'target', target: text }
}

/** Reads what must be on a node. @throws {ActionError} ARCHIVE_REFERENCE_INVALID */
export function parseClusterReference(text: string): ClusterReference {
  const reference = parseArchiveReference(text, false)
  if (reference.kind === 'node' || reference.kind === 'target') return reference
  throw new ActionError('ARCHIVE_REFERENCE_INVALID', `${text} is not on a node`, {
    hint: 'Name an archive on a node: NODE:FILE, or POD/CONTAINER for its newest.',
  })
}

function nodeReference(text: string, node: string, path: string): ArchiveReference {
  const parts = path.split('/')
  const file = parts.pop()
  if (!file || file === '.' || file === '..') throw invalid(text)
  if (parts.length === 0) return { kind: 'node', node, file }
  const absolute =
    parts[0] === '' && parts.slice(1).every((part) => part !== '' && part !== '.' && part !== '..')
  if (!absolute) throw invalid(text)
  return { kind: 'node', node, file, folder: parts.join('/') || '/' }
}

const invalid = (text: string): ActionError =>
  new ActionError('ARCHIVE_REFERENCE_INVALID', `${JSON.stringify(text)} names no archive`, {
    hint: 'Name a local file, NODE:FILE, NODE:/folder/FILE, oci://IMAGE, or POD/CONTAINER for its newest archive.',
  })
