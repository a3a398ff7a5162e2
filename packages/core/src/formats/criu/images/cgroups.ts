import { imageTypes } from '../image-types.ts'
import type { cgroup_entry } from '../messages/cgroup.ts'
import { imageOfOne } from '../read-image.ts'
import type { Message } from '../schema/index.ts'

/** Control groups, and which tasks are where in them. */
export interface Cgroups {
  /** By the number by which tasks name their set. */
  readonly sets: ReadonlyMap<number, readonly CgroupPlace[]>
  readonly hierarchies: readonly CgroupHierarchy[]
}

/** A place in one hierarchy. */
export interface CgroupPlace {
  /** Its controllers; `name=NAME` of one without, empty of cgroup v2. */
  readonly controllers: string
  readonly path: string
  /** How many bytes at the beginning of `path` lie outside of the cgroup namespace. */
  readonly outsideLength?: number
}

export interface CgroupHierarchy {
  readonly controllers: readonly string[]
  readonly folders: readonly CgroupFolder[]
}

export interface CgroupFolder {
  /** Relative to that around it. */
  readonly name: string
  readonly folders: readonly CgroupFolder[]
  readonly properties: readonly { readonly name: string; readonly value: string }[]
}

/** `cgroup.img` */
export const cgroupsImage = imageOfOne(
  imageTypes.CGROUP,
  ({ sets, controllers }): Cgroups => ({
    sets: new Map(
      sets.map(({ id, ctls }) => [
        id,
        ctls.map(({ name, path, cgns_prefix }) => ({
          controllers: name,
          path,
          ...(cgns_prefix !== undefined && { outsideLength: cgns_prefix }),
        })),
      ]),
    ),
    hierarchies: controllers.map(({ cnames, dirs }) => ({
      controllers: cnames,
      folders: dirs.map(buildFolder),
    })),
  }),
)

type FolderMessage = Message<typeof cgroup_entry>['controllers'][number]['dirs'][number]

// No deeper than messages may be in each other.
const buildFolder = ({ dir_name, children, properties }: FolderMessage): CgroupFolder => ({
  name: dir_name,
  folders: children.map(buildFolder),
  properties: properties.map(({ name, value }) => ({ name, value })),
})
