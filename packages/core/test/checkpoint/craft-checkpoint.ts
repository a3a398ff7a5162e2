import type { AddressRange } from '@kubectl-checkpoint/core/formats/criu'
import { craftTar, type Part } from '@kubectl-checkpoint/test-support'
import { fdinfo_entry, file_entry } from '../../src/formats/criu/messages/files.ts'
import { inventory_entry } from '../../src/formats/criu/messages/inventory.ts'
import { mm_entry } from '../../src/formats/criu/messages/memory.ts'
import { pagemap_entry, pagemap_head } from '../../src/formats/criu/messages/page-map.ts'
import {
  core_entry,
  fs_entry,
  pstree_entry,
  task_kobj_ids_entry,
} from '../../src/formats/criu/messages/process.ts'
import { craftImage, craftMessage } from '../formats/criu/craft-image.ts'
import { metadataEntries } from './craft-metadata.ts'

export interface CraftedProcess {
  readonly pid: number
  readonly ppid: number
  readonly args?: readonly string[]
  /** Where the image says that the arguments are: anywhere. */
  readonly range?: AddressRange
  /** Has a core and nothing else. */
  readonly zombie?: boolean
  /** Pages of zeros before the page with the arguments. */
  readonly padding?: number
  /** How many pages it maps, each by itself. */
  readonly mappingCount?: number
}

export interface CraftedFiles {
  /** How many descriptors are in the table that all processes share. */
  readonly descriptorCount?: number
}

const magics = {
  inventory: 0x58313116,
  pstree: 0x50273030,
  core: 0x55053847,
  mm: 0x57492820,
  pagemap: 0x56084025,
  files: 0x56303138,
  ids: 0x54432030,
  fs: 0x51403912,
  fdinfo: 0x56213732,
}
const pageSize = 4096
const stack = 0x7ffc_0000_0000n

/** Where the padding stands in memory. */
export const paddingAddress = 0x10000n

/**
 * An archive as containerd would write it of these processes, for `virtualSource`.
 * @param listed What `pstree.img` says instead.
 */
export const craftCheckpoint = (
  processes: readonly CraftedProcess[],
  listed: readonly Pick<CraftedProcess, 'pid' | 'ppid'>[] = processes,
  files: CraftedFiles = {},
): Part[] =>
  craftTar([
    { name: 'checkpoint/', flag: '5' },
    ...craftImages(processes, listed, files).map(({ name, data }) => ({
      name: `checkpoint/${name}.img`,
      data,
    })),
    ...metadataEntries(),
  ])

interface CraftedImage {
  readonly name: string
  readonly data: Uint8Array | readonly Part[]
}

function craftImages(
  processes: readonly CraftedProcess[],
  listed: readonly Pick<CraftedProcess, 'pid' | 'ppid'>[],
  { descriptorCount = 0 }: CraftedFiles,
): CraftedImage[] {
  const alive = processes.filter(({ zombie }) => !zombie)
  return [
    ...processes.map((process) => ({ name: `core-${process.pid}`, data: craftCore(process) })),
    {
      name: 'files',
      data: craftImage(magics.files, [
        craftMessage(file_entry, { type: 1, id: 7, reg: { name: '/bin/app' } }),
        craftMessage(file_entry, { type: 1, id: 8, reg: { name: '/' } }),
      ]),
    },
    {
      name: 'fdinfo-2',
      data: craftImage(
        magics.fdinfo,
        Array.from({ length: descriptorCount }, (_, fd) => craftMessage(fdinfo_entry, { id: 7, fd })),
      ),
    },
    ...alive.map(({ pid }) => ({
      name: `fs-${pid}`,
      data: craftImage(magics.fs, [craftMessage(fs_entry, { cwd_id: 8, root_id: 8 })]),
    })),
    ...alive.map(({ pid }) => ({
      name: `ids-${pid}`,
      data: craftImage(magics.ids, [craftMessage(task_kobj_ids_entry, { files_id: 2 })]),
    })),
    {
      name: 'inventory',
      data: craftImage(magics.inventory, [craftMessage(inventory_entry, { img_version: 2 })]),
    },
    ...alive.map((process) => ({ name: `mm-${process.pid}`, data: craftMm(process) })),
    ...alive.map((process) => ({ name: `pagemap-${process.pid}`, data: craftPageMap(process) })),
    ...alive.map((process) => ({ name: `pages-${process.pid}`, data: craftPages(process) })),
    {
      name: 'pstree',
      data: craftImage(
        magics.pstree,
        listed.map(({ pid, ppid }) =>
          craftMessage(pstree_entry, { pid, ppid, pgid: 1, sid: 1, threads: [pid] }),
        ),
      ),
    },
  ]
}

const craftCore = ({ pid, zombie }: CraftedProcess) =>
  craftImage(magics.core, [
    craftMessage(core_entry, {
      mtype: 3,
      tc: { task_state: zombie ? 2 : 1, exit_code: zombie ? 256 : 0, comm: `comm-${pid}` },
    }),
  ])

const textOf = ({ args = ['app'] }: CraftedProcess) => Buffer.from(args.map((arg) => `${arg}\0`).join(''))

const craftMm = (process: CraftedProcess) => {
  const { start, end } = process.range ?? { start: stack, end: stack + BigInt(textOf(process).length) }
  return craftImage(magics.mm, [
    craftMessage(mm_entry, {
      mm_arg_start: start,
      mm_arg_end: end,
      mm_env_start: end,
      mm_env_end: end,
      exe_file_id: 7,
      vmas: Array.from({ length: process.mappingCount ?? 0 }, (_, index) => ({
        start: BigInt(index) * 0x2000n,
        end: BigInt(index) * 0x2000n + 0x1000n,
        status: 0x201,
      })),
    }),
  ])
}

const craftPageMap = ({ pid, padding = 0 }: CraftedProcess) =>
  craftImage(magics.pagemap, [
    craftMessage(pagemap_head, { pages_id: pid }),
    ...(padding > 0
      ? [craftMessage(pagemap_entry, { vaddr: paddingAddress, nr_pages: BigInt(padding), flags: 4 })]
      : []),
    craftMessage(pagemap_entry, { vaddr: stack, nr_pages: 1n, flags: 4 }),
  ])

const craftPages = (process: CraftedProcess): readonly Part[] => {
  const text = textOf(process)
  return [(process.padding ?? 0) * pageSize, text, pageSize - text.length]
}
