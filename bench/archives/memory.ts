import { join } from 'node:path'
import { type Image, readImage, writeImage } from './image.ts'
import { buildMessage, type Field, numberOf, parseFields } from './message.ts'

export const pageLength = 4096

/** Numbers of fields in `mm_entry`, `vma_entry` and `pagemap_entry`. */
export const mmField = { argStart: 8, envEnd: 11, vma: 14 } as const
const vmaField = { start: 1, end: 2, pageOffset: 3, shmid: 4, prot: 5, flags: 6, status: 7, fd: 8 } as const
const pageMapField = { address: 1, compatPageCount: 2, flags: 4, pageCount: 5 } as const

/** Readable and writable; private and anonymous; a regular, anonymous private area. */
const anonymous = { prot: 3n, flags: 0x22n, status: 0x201n } as const
const present = 4n

/** Where a mapping was put: the bytes of its pages belong at `offset` of the process's pages image. */
export interface AddedMapping {
  readonly pagesId: bigint
  readonly offset: number
}

/** Adds a mapping, all of whose pages are present, to the images of a process in the folder of images. */
export async function addMapping(folder: string, pid: number, byteLength: number): Promise<AddedMapping> {
  const mmPath = join(folder, `mm-${pid}.img`)
  const mm = await readImage(mmPath)
  const start = findGap(mm, BigInt(byteLength))
  const end = start + BigInt(byteLength)
  await writeImage(mmPath, {
    ...mm,
    messages: mm.messages.map((fields) => insertVma(fields, start, buildVma(start, end))),
  })
  const mapPath = join(folder, `pagemap-${pid}.img`)
  const pageMap = await readImage(mapPath)
  const [head = [], ...entries] = pageMap.messages
  const below = entries.filter((entry) => (numberOf(entry, pageMapField.address) ?? 0n) < start)
  const added = buildPageMapEntry(start, byteLength / pageLength)
  await writeImage(mapPath, {
    ...pageMap,
    messages: [head, ...below, added, ...entries.slice(below.length)],
  })
  const pagesBelow = below.reduce((total, entry) => total + pageCountOf(entry), 0)
  return { pagesId: numberOf(head, 1) ?? 0n, offset: pagesBelow * pageLength }
}

export const buildPageMapEntry = (address: bigint, pageCount: number): Field[] => [
  { number: pageMapField.address, value: address },
  { number: pageMapField.compatPageCount, value: 0n },
  { number: pageMapField.flags, value: present },
  { number: pageMapField.pageCount, value: BigInt(pageCount) },
]

/** Where the pages of an address stand in the pages image; every run of the archives grown here is present. */
export function findPages({ messages: [, ...entries] }: Image, address: bigint): number | undefined {
  let pages = 0
  for (const entry of entries) {
    const start = numberOf(entry, pageMapField.address) ?? 0n
    const end = start + BigInt(pageCountOf(entry) * pageLength)
    if (address >= start && address < end) return pages * pageLength + Number(address - start)
    pages += pageCountOf(entry)
  }
  return undefined
}

const pageCountOf = (entry: readonly Field[]): number => Number(numberOf(entry, pageMapField.pageCount) ?? 0n)

const buildVma = (start: bigint, end: bigint): Field[] => [
  { number: vmaField.start, value: start },
  { number: vmaField.end, value: end },
  { number: vmaField.pageOffset, value: 0n },
  { number: vmaField.shmid, value: 0n },
  { number: vmaField.prot, value: anonymous.prot },
  { number: vmaField.flags, value: anonymous.flags },
  { number: vmaField.status, value: anonymous.status },
  { number: vmaField.fd, value: -1n },
]

const boundsOf = (vma: Field['value']): { readonly start: bigint; readonly end: bigint } => {
  const fields = typeof vma === 'bigint' ? [] : parseFields(vma)
  return { start: numberOf(fields, vmaField.start) ?? 0n, end: numberOf(fields, vmaField.end) ?? 0n }
}

/** An address with so much room behind it, away from its neighbours. */
function findGap({ messages: [mm = []] }: Image, byteLength: bigint): bigint {
  const vmas = mm.filter(({ number }) => number === mmField.vma).map(({ value }) => boundsOf(value))
  const margin = 2n ** 30n
  const before = vmas.find(({ end }, at) => (vmas[at + 1]?.start ?? 0n) - end > byteLength + 2n * margin)
  if (!before) throw new Error('no room between the mappings')
  return before.end + margin
}

/** In the order of addresses, as CRIU has them. */
function insertVma(mm: readonly Field[], start: bigint, vma: readonly Field[]): Field[] {
  const isAbove = ({ number, value }: Field) => number === mmField.vma && boundsOf(value).start > start
  const at = mm.findIndex(isAbove)
  const field = { number: mmField.vma, value: buildMessage(vma) }
  return [...mm.slice(0, at), field, ...mm.slice(at)]
}
