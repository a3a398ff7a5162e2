import { basename, dirname } from 'node:path/posix'
import type { ContainerAddress } from '../remote/kubelet/index.ts'
import type { NodeFile } from '../remote/node-files/index.ts'
import { defaultArchiveFolder } from './archives/archive-folder.ts'
import { parseArchiveName } from './archives/parse-archive-name.ts'

/** Whether `fileName` can be an archive that the kubelet made of this container. Some names fit two containers. */
export const isArchiveOf = ({ namespace, pod, container }: ContainerAddress, fileName: string): boolean =>
  parseArchiveName(fileName)?.owners.some(
    (owner) => owner.namespace === namespace && owner.pod === pod && owner.container === container,
  ) ?? false

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
