import { imageTypes } from '../image-types.ts'
import { imageOf } from '../read-image.ts'

/** What stands in for a file that has no path any more. */
export type Remap =
  /** `ghost-file-ID.img`, ID in hexadecimal. */
  | { readonly kind: 'ghost'; readonly ghostId: number }
  /** A file of `files.img`: a link that CRIU made to the file, which has other names somewhere. */
  | { readonly kind: 'link'; readonly fileId: number }
  /** Something under `/proc/PID` of a process that had ended. */
  | { readonly kind: 'process'; readonly pid: number }

/** `remap-fpath.img`: by the ID of the file in `files.img`. */
export const remapImage = imageOf(imageTypes.REMAP_FPATH, () => {
  const remaps = new Map<number, Remap>()
  return {
    add: ({ message: { orig_id, remap_id, remap_type } }) => {
      remaps.set(orig_id, buildRemap(remap_id, remap_type))
    },
    end: (): ReadonlyMap<number, Remap> => remaps,
  }
})

// Old CRIU knew no types and set the highest bit for ghosts.
const ghostBit = 0x8000_0000

function buildRemap(id: number, type: number | undefined): Remap {
  if (type === undefined && id >= ghostBit) return { kind: 'ghost', ghostId: id - ghostBit }
  if (type === 1) return { kind: 'ghost', ghostId: id }
  return type === 2 ? { kind: 'process', pid: id } : { kind: 'link', fileId: id }
}
