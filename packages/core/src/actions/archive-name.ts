import { basename, dirname } from 'node:path/posix'
import { archivePrefix, type ContainerAddress } from '../remote/kubelet/index.ts'
import type { NodeFile } from '../remote/node-files/index.ts'
import { defaultArchiveFolder } from './archives/archive-folder.ts'

/**
 * Whether `fileName` can be an archive that the kubelet made of this container: its time follows as RFC 3339 in
 * seconds, in the node's zone. Some names fit two containers, see `archivePrefix`.
 */
export function isArchiveOf(container: ContainerAddress, fileName: string): boolean {
  const prefix = archivePrefix(container)
  const time = fileName.slice(prefix.length)
  return fileName.startsWith(prefix) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)\.tar$/.test(time)
}

/** The files that can be archives of this container, the newest first. */
export const archivesOf = (container: ContainerAddress, files: readonly NodeFile[]): NodeFile[] =>
  files
    .filter(({ name }) => isArchiveOf(container, name))
    .sort((a, b) => b.mtimeSeconds - a.mtimeSeconds || (a.name < b.name ? 1 : -1))

/** How users name the archive at `path` on `node`: without its folder where that is the default. */
export const archiveOnNode = (node: string, path: string): string =>
  dirname(path) === defaultArchiveFolder ? `${node}:${basename(path)}` : `${node}:${path}`

/** The archive's name on this machine: without the `:` of its time, which Windows refuses, and nothing else unusual. */
export const localArchiveName = (fileName: string): string =>
  fileName.replaceAll(/[^A-Za-z0-9._+-]/g, '-').replace(/^[.-]+/, '') || 'archive'
