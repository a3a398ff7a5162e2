import type { creds_entry } from '../messages/security.ts'
import type { Message } from '../schema/index.ts'

/** IDs are as seen inside the container; sets of capabilities have bit n for capability n. */
export interface Credentials {
  readonly uid: number
  readonly gid: number
  readonly euid: number
  readonly egid: number
  readonly suid: number
  readonly sgid: number
  readonly fsuid: number
  readonly fsgid: number
  readonly groups: readonly number[]
  readonly capabilities: {
    readonly effective: bigint
    readonly permitted: bigint
    readonly inheritable: bigint
    readonly bounding: bigint
    readonly ambient: bigint
  }
  /** SECBIT_ bits. */
  readonly secureBits: number
  readonly noNewPrivileges: boolean
  /** The profile of AppArmor or the label of SELinux. */
  readonly securityLabel?: string
}

export function buildCredentials(creds: Message<typeof creds_entry>): Credentials {
  const { uid, gid, euid, egid, suid, sgid, fsuid, fsgid, groups, secbits } = creds
  return {
    uid,
    gid,
    euid,
    egid,
    suid,
    sgid,
    fsuid,
    fsgid,
    groups,
    capabilities: {
      effective: joinWords(creds.cap_eff),
      permitted: joinWords(creds.cap_prm),
      inheritable: joinWords(creds.cap_inh),
      bounding: joinWords(creds.cap_bnd),
      ambient: joinWords(creds.cap_amb),
    },
    secureBits: secbits,
    noNewPrivileges: creds.no_new_privs === 1,
    ...(creds.lsm_profile === undefined ? {} : { securityLabel: creds.lsm_profile }),
  }
}

const joinWords = ([low = 0, high = 0]: readonly number[]): bigint => (BigInt(high) << 32n) | BigInt(low)
