import {
  bytes,
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

/** Also `creds-PID.img` of old CRIU. Capabilities in words of 32 bits, the lowest first. */
export const creds_entry = message('creds_entry', {
  uid: required(1, uint32),
  gid: required(2, uint32),
  euid: required(3, uint32),
  egid: required(4, uint32),
  suid: required(5, uint32),
  sgid: required(6, uint32),
  fsuid: required(7, uint32),
  fsgid: required(8, uint32),
  cap_inh: repeated(9, uint32),
  cap_prm: repeated(10, uint32),
  cap_eff: repeated(11, uint32),
  cap_bnd: repeated(12, uint32),
  secbits: required(13, uint32),
  groups: repeated(14, uint32),
  /** The profile of AppArmor or the label of SELinux. */
  lsm_profile: optional(15, string),
  lsm_sockcreate: optional(16, string),
  apparmor_data: optional(17, bytes),
  no_new_privs: optional(18, uint32),
  cap_amb: repeated(19, uint32),
})

/** A program of classic BPF: 8 bytes an instruction. */
const seccomp_filter = message('seccomp_filter', {
  filter: required(1, bytes),
  /** The place in the list of the filter that was added next. */
  prev: optional(2, uint32),
  flags: optional(3, uint32),
})

/** `seccomp.img`: the filters of all tasks. */
export const seccomp_entry = message('seccomp_entry', {
  seccomp_filters: repeated(1, seccomp_filter),
})

const aa_policy = message('aa_policy', {
  name: required(1, string),
  blob: required(2, bytes),
})

interface AaNamespace {
  readonly name: string
  readonly policies: readonly Message<typeof aa_policy>[]
  readonly namespaces: readonly AaNamespace[]
}

const aa_namespace: MessageType<AaNamespace> = message('aa_namespace', {
  name: required(1, string),
  policies: repeated(2, aa_policy),
  namespaces: repeated(
    3,
    lazy(() => aa_namespace),
  ),
})

/** `apparmor.img`: policies of the namespaces in the container. */
export const apparmor_entry = message('apparmor_entry', {
  namespaces: repeated(1, aa_namespace),
})
