import type { ReadOptions } from '../../bytes/index.ts'
import type { AddressRange, Mm } from '../../formats/criu/index.ts'
import type { Archive, PagesPiece } from '../archive/index.ts'
import type { AddressSpace, MemoryPiece } from './address-space.ts'
import { type Arguments, parseArguments } from './parse-arguments.ts'
import { findStretches } from './stretches.ts'

/** A process whose arguments and environment are wanted. */
export interface Arguer {
  readonly mm: Pick<Mm, 'args' | 'env'>
  readonly space: AddressSpace
}

// Linux takes 6 MiB at most for one process's. A crafted archive may point a thousand processes at the same memory.
const maxLength = 16 * 1024 * 1024

/**
 * A function that reads arguments and environments of many processes at once, in as few reads as their places in the
 * archive allow. What the archive doesn't hold is left out, and what is over 16 MiB in all calls.
 */
export function argumentsReader(
  archive: Archive,
  options: ReadOptions,
): (arguers: readonly (Arguer | undefined)[]) => Promise<readonly Arguments[]> {
  let left = maxLength
  const grant = (range: AddressRange): AddressRange | undefined => {
    const length = range.end - range.start
    if (length < 0n || length > BigInt(left)) return undefined
    left -= Number(length)
    return range
  }
  return async (arguers) => {
    const plans = arguers.map(
      (arguer) => arguer && { ...arguer, args: grant(arguer.mm.args), env: grant(arguer.mm.env) },
    )
    const pieces = plans.flatMap((plan) =>
      plan ? [plan.args, plan.env].flatMap((range) => (range ? planPieces(plan.space, range) : [])) : [],
    )
    await archive.prefetchPages(pieces, options)
    return Array.fromAsync(plans, async (plan) => {
      if (!plan) return {}
      const { mm, space } = plan
      const args = plan.args && (await readText(space, plan.args, options))
      const env = plan.env && (await readText(space, plan.env, options))
      return parseArguments(args, env, mm.args.end === mm.env.start)
    })
  }
}

const planPieces = ({ runs, pageSize, pagesId }: AddressSpace, { start, end }: AddressRange): PagesPiece[] =>
  [...findStretches(runs, pageSize, start, end)].flatMap((stretch) =>
    stretch.kind === 'bytes'
      ? [{ pagesId, offset: stretch.offset, length: Number(stretch.to - stretch.from) }]
      : [],
  )

async function readText(
  space: AddressSpace,
  { start, end }: AddressRange,
  options: ReadOptions,
): Promise<string | undefined> {
  const pieces = await space.read(start, Number(end - start), options)
  if (!pieces.every(isBytes)) return undefined
  return new TextDecoder().decode(Buffer.concat(pieces.map(({ bytes }) => bytes)))
}

const isBytes = (piece: MemoryPiece): piece is MemoryPiece & { kind: 'bytes' } => piece.kind === 'bytes'
