import type { ReadOptions } from '../../bytes/index.ts'
import { type Archive, reportOnce, unlessUnreadable } from '../../checkpoint/archive/index.ts'
import {
  describeContainer,
  readLog,
  readParticulars,
  readSpec,
  readStats,
} from '../../checkpoint/container/index.ts'
import { findOddities } from '../../checkpoint/findings/index.ts'
import { readCgroups, readMounts, readNamespaces } from '../../checkpoint/namespaces/index.ts'
import { readInventory, readProcesses } from '../../checkpoint/process/index.ts'
import type { Inspection, Section, Unreadable } from '../../documents/index.ts'
import type { OpenedArchive } from '../open-archive-reference.ts'
import { findChangedPaths } from './find-changed-paths.ts'
import { findUnknownImages } from './find-unknown-images.ts'
import { selectProcess } from './select-process.ts'

/**
 * What an archive holds. Everything that findings come from is read in any case: all images that describe something,
 * but not the memory. What is broken is in `unreadable`.
 */
export async function inspectArchive(
  archive: OpenedArchive,
  sections: ReadonlySet<Section> | 'all',
  options: ReadOptions,
): Promise<Inspection> {
  const unreadable: Unreadable[] = [...archive.unreadable]
  const report = reportOnce(unreadable)
  const wants = (section: Section) => sections === 'all' || sections.has(section)
  await prefetchDescriptions(archive, options)
  const inventory = await unlessUnreadable('inventory.img', report, () => readInventory(archive, options))
  const processes = await readProcesses(archive, report, options)
  const particulars = await readParticulars(archive, report, options)
  const spec = await readSpec(archive, particulars, report, options)
  const mounts = await readMounts(archive, spec?.mounts ?? [], report, options)
  const changedPaths = await findChangedPaths(archive, report, options)
  const findings = findOddities({
    processes,
    spec,
    mounts,
    changedPaths,
    defaultCapabilities: archive.engine?.defaultCapabilities,
  })
  const namespaces = wants('namespaces') && (await readNamespaces(archive, report, options))
  const cgroups = wants('cgroups') && (await readCgroups(archive, report, options))
  const log = wants('log') && (await readLog(archive, options))
  const stats = wants('stats') && (await readStats(archive, report, options))
  const unknownImages = await findUnknownImages(archive, options)
  const container = describeContainer(archive, particulars)
  const { sizes, kind, origin } = archive
  const architecture = processes.find((process) => process.architecture)?.architecture
  return {
    apiVersion: 'kubectl-checkpoint/v1',
    kind: 'Inspection',
    archive: {
      label: origin.label,
      size: origin.size,
      kind,
      ...(archive.compression && { compression: archive.compression }),
      bytesRead: origin.bytesRead,
      reads: origin.reads,
    },
    ...(container && { container }),
    ...(inventory && {
      criu: {
        imageVersion: inventory.imageVersion,
        securityModule: inventory.securityModule,
        ...(architecture !== undefined && { architecture }),
      },
    }),
    sizes: {
      memoryBytes: sizes.memory,
      imageBytes: sizes.images,
      rootfsDiffBytes: sizes.rootfsDiff,
      volumeBytes: sizes.volumes,
    },
    processes: processes.map((process) => selectProcess(process, wants)),
    ...(wants('mounts') && { mounts }),
    ...(namespaces && { namespaces }),
    ...(cgroups && { cgroups }),
    ...(wants('spec') && spec && { spec }),
    ...(log && { log }),
    ...(stats && { stats }),
    findings,
    unknownImages,
    unreadable,
  }
}

// Larger ones are read in windows, and not kept.
const maxPrefetchedLength = 1024 * 1024

/** Images of memory and of files' contents. */
const contents = /^(?:pages-|tmpfs-|ghost-file-)/

async function prefetchDescriptions(archive: Archive, options: ReadOptions): Promise<void> {
  const wanted = archive.images.filter(
    ({ name, entry }) => !contents.test(name) && entry.size <= maxPrefetchedLength,
  )
  const names = new Set(wanted.map(({ name }) => name))
  await archive.prefetchImages((name) => names.has(name), options)
}
