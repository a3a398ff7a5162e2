import type { ReadOptions } from '../../bytes/index.ts'
import type { MappingDocument, MappingPages, MemoryDifference } from '../../documents/index.ts'
import type { AddressSpace, MemoryPiece } from '../process/index.ts'
import { nameMappings } from './match-mappings.ts'
import { findPresentRanges, joinRanges, type Range } from './present-ranges.ts'

export type Memory = Pick<AddressSpace, 'pageSize' | 'runs' | 'read'>

export interface ProcessMemory {
  readonly space: Memory
  readonly mappings: readonly MappingDocument[]
}

type Counts = Pick<MappingPages, 'equalPages' | 'changedPages' | 'onlyInA' | 'onlyInB'>

const none: Counts = { equalPages: 0, changedPages: 0, onlyInA: 0, onlyInB: 0 }

/** Read of each side at a time. */
const windowLength = 1024 * 1024

/**
 * Which pages differ of mappings that both processes have; undefined if none does. Reads every page of these that
 * either archive holds, once and in windows of 1 MiB. Pages in earlier dumps don't count.
 * @throws {ProcessError} BAD_ADDRESS; what reading memory throws.
 */
export async function compareMemory(
  a: ProcessMemory,
  b: ProcessMemory,
  options: ReadOptions = {},
): Promise<MemoryDifference | undefined> {
  const pageSizeBytes = Math.min(a.space.pageSize, b.space.pageSize)
  const [rangesOfA, rangesOfB] = [a, b].map(({ space, mappings }) => findPresentRanges(space, mappings))
  const [byNameInA, byNameInB] = nameMappings(a.mappings, b.mappings)
  let total = none
  const mappings: MappingPages[] = []
  for (const [name, inA] of byNameInA) {
    const inB = byNameInB.get(name)
    const [from, to] = [rangesOfA?.get(inA), inB && rangesOfB?.get(inB)]
    if (!inB || !from || !to) continue
    let counts = none
    for (const window of windows(joinRanges(from, to))) {
      const [before, after] = await Promise.all([
        read(a.space, inA, window, options),
        read(b.space, inB, window, options),
      ])
      counts = add(counts, countPages(before, after, pageSizeBytes))
    }
    total = add(total, counts)
    if (differ(counts)) {
      const { path, permissions } = inA
      mappings.push({
        ...(path !== undefined && { path }),
        permissions,
        startInA: inA.start,
        startInB: inB.start,
        ...counts,
      })
    }
  }
  return differ(total) ? { pageSizeBytes, ...total, mappings } : undefined
}

function* windows(ranges: readonly Range[]): Generator<Range> {
  for (const { from, to } of ranges) {
    for (let at = from; at < to; at += windowLength) yield { from: at, to: Math.min(to, at + windowLength) }
  }
}

/** What a mapping shows in a window; it may be the shorter one of two, and end earlier. */
async function read(
  space: Memory,
  { start, end }: MappingDocument,
  { from, to }: Range,
  options: ReadOptions,
): Promise<readonly MemoryPiece[]> {
  const length = Math.min(to, Number(BigInt(end) - BigInt(start))) - from
  return length > 0 ? await space.read(BigInt(start) + BigInt(from), length, options) : []
}

function countPages(a: readonly MemoryPiece[], b: readonly MemoryPiece[], pageSize: number): Counts {
  const [before, after] = [pages(a, pageSize), pages(b, pageSize)]
  const counts = { ...none }
  for (;;) {
    const [x, y] = [before.next(), after.next()]
    if (x.done && y.done) return counts
    if (x.value && y.value)
      counts[Buffer.compare(x.value, y.value) === 0 ? 'equalPages' : 'changedPages'] += 1
    else if (x.value) counts.onlyInA += 1
    else if (y.value) counts.onlyInB += 1
  }
}

/** Page by page its bytes, or undefined where there are none. */
function* pages(pieces: readonly MemoryPiece[], pageSize: number): Generator<Uint8Array | undefined> {
  for (const piece of pieces) {
    const length = piece.kind === 'bytes' ? piece.bytes.length : piece.byteLength
    for (let at = 0; at < length; at += pageSize) {
      yield piece.kind === 'bytes' ? piece.bytes.subarray(at, at + pageSize) : undefined
    }
  }
}

const add = (x: Counts, y: Counts): Counts => ({
  equalPages: x.equalPages + y.equalPages,
  changedPages: x.changedPages + y.changedPages,
  onlyInA: x.onlyInA + y.onlyInA,
  onlyInB: x.onlyInB + y.onlyInB,
})

const differ = ({ changedPages, onlyInA, onlyInB }: Counts): boolean => changedPages + onlyInA + onlyInB > 0
