/** A count or a size. Linux's fit numbers; of a crafted one that doesn't, the largest that is exact. */
export const toCount = (value: bigint): number =>
  value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value)
