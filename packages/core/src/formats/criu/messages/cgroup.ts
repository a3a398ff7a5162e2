import {
  bool,
  lazy,
  type Message,
  type MessageType,
  message,
  optional,
  repeated,
  required,
  string,
  uint32,
} from '../schema/index.ts'

const cgroup_perms = message('cgroup_perms', {
  mode: required(1, uint32),
  uid: required(2, uint32),
  gid: required(3, uint32),
})

const cgroup_prop_entry = message('cgroup_prop_entry', {
  name: required(1, string),
  value: required(2, string),
  perms: optional(3, cgroup_perms),
})

/** A folder of a cgroup hierarchy, with those in it. */
interface CgroupDirEntry {
  readonly dir_name: string
  readonly children: readonly CgroupDirEntry[]
  readonly properties: readonly Message<typeof cgroup_prop_entry>[]
  readonly dir_perms?: Message<typeof cgroup_perms>
}

const cgroup_dir_entry: MessageType<CgroupDirEntry> = message('cgroup_dir_entry', {
  dir_name: required(1, string),
  children: repeated(
    2,
    lazy(() => cgroup_dir_entry),
  ),
  properties: repeated(3, cgroup_prop_entry),
  dir_perms: optional(4, cgroup_perms),
})

const cg_controller_entry = message('cg_controller_entry', {
  cnames: repeated(1, string),
  dirs: repeated(2, cgroup_dir_entry),
  is_threaded: optional(3, bool),
})

const cg_member_entry = message('cg_member_entry', {
  /** Of the controllers; `name=` and a name where there are none; empty for cgroup v2. */
  name: required(1, string),
  path: required(2, string),
  /** How much of the path lies outside of the cgroup namespace. */
  cgns_prefix: optional(3, uint32),
})

/** Where in each hierarchy a task is. */
const cg_set_entry = message('cg_set_entry', {
  id: required(1, uint32),
  ctls: repeated(2, cg_member_entry),
})

/** `cgroup.img` */
export const cgroup_entry = message('cgroup_entry', {
  sets: repeated(1, cg_set_entry),
  controllers: repeated(2, cg_controller_entry),
})
