import type { ReadOptions } from '../../bytes/index.ts'
import type { AddressRange, Mm } from '../../formats/criu/index.ts'
import type { Archive, PagesPiece, ReportUnreadable } from '../archive/index.ts'
import type { AddressSpace, MemoryPiece } from './address-space.ts'
import { type Arguments, parseArguments } from './parse-arguments.ts'
import { findStretches } from './stretches.ts'

/** A process whose arguments and environment are wanted. */
export interface Arguer {
  readonly pid: number
  readonly mm: Pick<Mm, 'args' | 'env'>
  readonly space: AddressSpace
}

// Linux takes no more of one process.
const maxLengthOfOne = 6 * 1024 * 1024
// A crafted archive may point a thousand processes at the same memory, and texts of it take many times their length.
const maxLength = 32 * 1024 * 1024

/**
 * A function that reads arguments and environments of many processes at once, in as few reads as their places in the
 * archive allow. What the archive doesn't hold is left out, and so is, which is reported, what is over 6 MiB of one
 * process, or over 32 MiB in all calls.
 */
export function argumentsReader(
  archive: Archive,
  report: ReportUnreadable,
  options: ReadOptions,
): (arguers: readonly (Arguer | undefined)[]) => Promise<readonly Arguments[]> {
  let left = maxLength
  const granting = (pid: number) => {
    let leftOfOne = maxLengthOfOne
    return (range: AddressRange): AddressRange | undefined => {
      const length = range.end - range.start
      if (length < 0n) return undefined
      if (length > BigInt(Math.min(leftOfOne, left))) {
        const message = `the ${length} bytes of its arguments or environment are too many, or those of all processes`
        report({ entry: `mm-${pid}.img`, code: 'IMAGE_TOO_LARGE', message })
        return undefined
      }
      leftOfOne -= Number(length)
      left -= Number(length)
      return range
    }
  }
  return async (arguers) => {
    const plans = arguers.map((arguer) => {
      if (!arguer) return undefined
      const grant = granting(arguer.pid)
      return { ...arguer, args: grant(arguer.mm.args), env: grant(arguer.mm.env) }
    })
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
