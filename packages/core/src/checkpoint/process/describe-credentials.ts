import type { CapabilitiesDocument, ProcessDocument } from '../../documents/index.ts'
import type { Credentials } from '../../formats/criu/index.ts'
import { nameCapabilities } from './capabilities.ts'

type CredentialsPart = Pick<
  ProcessDocument,
  'uid' | 'gid' | 'euid' | 'egid' | 'groups' | 'capabilities' | 'noNewPrivileges' | 'securityLabel'
>

/** What a process may do, and as whom. */
export const describeCredentials = (credentials: Credentials): CredentialsPart => {
  const { uid, gid, euid, egid, groups, noNewPrivileges, securityLabel } = credentials
  return {
    uid,
    gid,
    ...(euid !== uid && { euid }),
    ...(egid !== gid && { egid }),
    groups,
    capabilities: describeCapabilities(credentials.capabilities),
    noNewPrivileges,
    ...(securityLabel !== undefined && { securityLabel }),
  }
}

const describeCapabilities = (sets: Credentials['capabilities']): CapabilitiesDocument => ({
  effective: nameCapabilities(sets.effective),
  permitted: nameCapabilities(sets.permitted),
  inheritable: nameCapabilities(sets.inheritable),
  bounding: nameCapabilities(sets.bounding),
  ambient: nameCapabilities(sets.ambient),
})
