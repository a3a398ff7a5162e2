import type { CheckpointErrorOptions } from '../../../errors.ts'
import {
  formatManifest,
  formatRequest,
  planManifest,
  type RoleName,
  subjectOfUser,
} from '../../rbac/index.ts'

export interface Grant {
  readonly role: RoleName
  /** The only node it is for: the refusal that names the user may be of its making. */
  readonly node: string
  /** Whom the refusal names; undefined if that cannot be read. */
  readonly user: string | undefined
  readonly hint: string
  /** How to make sure that `user` is who it should be: a node can put any name into a refusal, proxied or not. */
  readonly check: string
}

/** What to do about a lack of rights on a node, with a manifest where there is a name for it. */
export function grant(grant: Grant): Pick<CheckpointErrorOptions, 'hint' | 'fix'> {
  const { role, node, user, hint, check } = grant
  if (user === undefined) return { hint }
  const subject = subjectOfUser(user)
  const command = formatRequest({ roles: [role], subject })
  return {
    hint: `${hint} (For all nodes: ${command}) ${check}`,
    fix: {
      manifest: formatManifest(planManifest({ roles: [role], subject, nodes: [node], scope: 'nodes' })),
    },
  }
}

export const checkYourself = 'Apply the manifest only if it names you: kubectl auth whoami'
