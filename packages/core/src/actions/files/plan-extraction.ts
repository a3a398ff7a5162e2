import { type FileNode, walkFiles } from '../../checkpoint/filesystem/index.ts'
import type { FileExtraction } from '../../documents/index.ts'
import { localLink } from './local-link.ts'
import { localName } from './local-name.ts'

export type SkippedFile = FileExtraction['skipped'][number]

/** A file of the archive and where it goes. */
export interface PlannedFile {
  readonly node: FileNode
  /** The parts of its path below the folder to extract to. */
  readonly parts: readonly string[]
}

interface PlannedLink extends PlannedFile {
  /** Relative, and never out of the folder to extract to. */
  readonly target: string
}

/** What an extraction makes, in this order. */
export interface ExtractionPlan {
  /** Each before those in it. */
  readonly folders: readonly PlannedFile[]
  /** In the order in which they lie in the archive. */
  readonly files: readonly PlannedFile[]
  readonly devices: readonly PlannedFile[]
  readonly links: readonly PlannedLink[]
  readonly skipped: readonly SkippedFile[]
  /** Of contents that are read. */
  readonly totalBytes: number
}

export interface PlanOptions {
  /** Devices and FIFOs are made, too. */
  readonly devices: boolean
  readonly platform: NodeJS.Platform
}

/** Plans to extract `nodes` and everything below them, under the paths that they have in the container. */
export function planExtraction(
  nodes: readonly FileNode[],
  { devices: withDevices, platform }: PlanOptions,
): ExtractionPlan {
  const plan = {
    folders: [] as PlannedFile[],
    files: [] as PlannedFile[],
    devices: [] as PlannedFile[],
    links: [] as PlannedLink[],
    skipped: [] as SkippedFile[],
  }
  const local = (parts: readonly string[]) => parts.map((part) => localName(part, platform))
  // One may be below another.
  for (const node of new Set(nodes.flatMap((start) => [...walkFiles(start)]))) {
    const archived = node.path.split('/').filter((part) => part !== '')
    const planned = { node, parts: local(archived) }
    const { path, type, change } = node
    if (type === 'directory') {
      if (change === 'deleted') plan.skipped.push({ path, reason: 'deleted' })
      plan.folders.push(planned)
    } else if (node.openContent) {
      plan.files.push(planned)
    } else if (type === 'symlink') {
      const target = localLink(node.linkTarget ?? '', archived.slice(0, -1))
      plan.links.push({ ...planned, target: local(target.split('/')).join('/') })
    } else if (type === 'socket') {
      plan.skipped.push({ path, reason: 'socket' })
    } else if (type === 'unknown' || type === 'file') {
      plan.skipped.push({ path, reason: 'deleted' })
    } else if (withDevices) {
      plan.devices.push(planned)
    } else {
      plan.skipped.push({ path, reason: 'device' })
    }
  }
  plan.files.sort((a, b) => a.node.position - b.node.position)
  const contents = plan.files.filter(({ node }) => node.hardLinkTo === undefined)
  return { ...plan, totalBytes: contents.reduce((total, { node }) => total + node.size, 0) }
}
