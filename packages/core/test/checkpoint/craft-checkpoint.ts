import type { AddressRange } from '@kubectl-checkpoint/core/formats/criu'
import { type CraftedEntry, craftTar, type Part } from '@kubectl-checkpoint/test-support'
import {
  core_entrySchema,
  file_entrySchema,
  inventory_entrySchema,
  mm_entrySchema,
  pagemap_entrySchema,
  pagemap_headSchema,
  pstree_entrySchema,
} from '../../src/formats/criu/gen/images_pb.ts'
import { craftImage, craftMessage } from '../formats/criu/craft-image.ts'

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
}

const magics = {
  inventory: 0x58313116,
  pstree: 0x50273030,
  core: 0x55053847,
  mm: 0x57492820,
  pagemap: 0x56084025,
  files: 0x56303138,
}
const pageSize = 4096
const stack = 0x7ffc_0000_0000n

/** Where the padding stands in memory. */
export const paddingAddress = 0x10000n

export const configDump = {
  id: 'b97cf242c5dc',
  name: 'cache_miner-a_shop_0253098f_0',
  rootfsImageName: 'localhost/app:1',
  createdTime: '2026-11-23T13:41:19.653813537Z',
  checkpointedTime: '2026-11-23T13:41:25.76789695Z',
}
export const specDump = {
  annotations: {
    'io.kubernetes.cri.container-type': 'container',
    'io.kubernetes.cri.container-name': 'cache',
    'io.kubernetes.cri.sandbox-name': 'miner-a',
    'io.kubernetes.cri.sandbox-namespace': 'shop',
  },
}

export const metadataEntries = (config: unknown = configDump, spec: unknown = specDump): CraftedEntry[] => [
  { name: 'config.dump', data: JSON.stringify(config) },
  { name: 'spec.dump', data: JSON.stringify(spec) },
]

/**
 * An archive as containerd would write it of these processes, for `virtualSource`.
 * @param listed What `pstree.img` says instead.
 */
export const craftCheckpoint = (
  processes: readonly CraftedProcess[],
  listed: readonly Pick<CraftedProcess, 'pid' | 'ppid'>[] = processes,
): Part[] =>
  craftTar([
    { name: 'checkpoint/', flag: '5' },
    ...craftImages(processes, listed).map(({ name, data }) => ({ name: `checkpoint/${name}.img`, data })),
    ...metadataEntries(),
  ])

interface CraftedImage {
  readonly name: string
  readonly data: Uint8Array | readonly Part[]
}

function craftImages(
  processes: readonly CraftedProcess[],
  listed: readonly Pick<CraftedProcess, 'pid' | 'ppid'>[],
): CraftedImage[] {
  const alive = processes.filter(({ zombie }) => !zombie)
  return [
    ...processes.map((process) => ({ name: `core-${process.pid}`, data: craftCore(process) })),
    {
      name: 'files',
      data: craftImage(magics.files, [
        craftMessage(file_entrySchema, { type: 1, id: 7, reg: { name: '/bin/app' } }),
      ]),
    },
    {
      name: 'inventory',
      data: craftImage(magics.inventory, [craftMessage(inventory_entrySchema, { imgVersion: 2 })]),
    },
    ...alive.map((process) => ({ name: `mm-${process.pid}`, data: craftMm(process) })),
    ...alive.map((process) => ({ name: `pagemap-${process.pid}`, data: craftPageMap(process) })),
    ...alive.map((process) => ({ name: `pages-${process.pid}`, data: craftPages(process) })),
    {
      name: 'pstree',
      data: craftImage(
        magics.pstree,
        listed.map(({ pid, ppid }) =>
          craftMessage(pstree_entrySchema, { pid, ppid, pgid: 1, sid: 1, threads: [pid] }),
        ),
      ),
    },
  ]
}

const craftCore = ({ pid, zombie }: CraftedProcess) =>
  craftImage(magics.core, [
    craftMessage(core_entrySchema, {
      mtype: 3,
      tc: { taskState: zombie ? 2 : 1, exitCode: zombie ? 256 : 0, comm: `comm-${pid}` },
    }),
  ])

const textOf = ({ args = ['app'] }: CraftedProcess) => Buffer.from(args.map((arg) => `${arg}\0`).join(''))

const craftMm = (process: CraftedProcess) => {
  const { start, end } = process.range ?? { start: stack, end: stack + BigInt(textOf(process).length) }
  return craftImage(magics.mm, [
    craftMessage(mm_entrySchema, {
      mmArgStart: start,
      mmArgEnd: end,
      mmEnvStart: start,
      mmEnvEnd: end,
      exeFileId: 7,
    }),
  ])
}

const craftPageMap = ({ pid, padding = 0 }: CraftedProcess) =>
  craftImage(magics.pagemap, [
    craftMessage(pagemap_headSchema, { pagesId: pid }),
    ...(padding > 0
      ? [craftMessage(pagemap_entrySchema, { vaddr: paddingAddress, nrPages: BigInt(padding), flags: 4 })]
      : []),
    craftMessage(pagemap_entrySchema, { vaddr: stack, nrPages: 1n, flags: 4 }),
  ])

const craftPages = (process: CraftedProcess): readonly Part[] => {
  const text = textOf(process)
  return [(process.padding ?? 0) * pageSize, text, pageSize - text.length]
}
