import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'

/** What the clocks of a time namespace showed at the time of the dump. */
export interface TimeNamespace {
  readonly monotonicNanoseconds: bigint
  readonly boottimeNanoseconds: bigint
}

interface Timespec {
  readonly tv_sec: bigint
  readonly tv_nsec: bigint
}

const toNanoseconds = ({ tv_sec, tv_nsec }: Timespec): bigint => tv_sec * 1_000_000_000n + tv_nsec

/** `timens-ID.img` */
export const timeNamespaceImage = imageOfOne(
  imageTypes.TIMENS,
  ({ monotonic, boottime }): TimeNamespace => ({
    monotonicNanoseconds: toNanoseconds(monotonic),
    boottimeNanoseconds: toNanoseconds(boottime),
  }),
)
