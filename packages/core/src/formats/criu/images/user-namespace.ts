import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'

/** `count` IDs from `inside` on are those from `outside` on. */
export interface IdRange {
  readonly inside: number
  readonly outside: number
  readonly count: number
}

export interface UserNamespace {
  readonly uidMap: readonly IdRange[]
  readonly gidMap: readonly IdRange[]
}

interface Extent {
  readonly first: number
  readonly lower_first: number
  readonly count: number
}

const buildRange = ({ first, lower_first, count }: Extent): IdRange => ({
  inside: first,
  outside: lower_first,
  count,
})

/** `userns-ID.img` */
export const userNamespaceImage = imageOfOne(
  imageTypes.USERNS,
  ({ uid_map, gid_map }): UserNamespace => ({
    uidMap: uid_map.map(buildRange),
    gidMap: gid_map.map(buildRange),
  }),
)
