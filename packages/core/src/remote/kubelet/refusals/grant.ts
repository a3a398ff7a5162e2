import type { CheckpointErrorOptions } from '../../../errors.ts'
import { buildRoleManifest, type NodeRight } from '../role-manifest.ts'

export interface Grant {
  readonly right: NodeRight
  /** Whom the refusal names; undefined if that cannot be read. */
  readonly user: string | undefined
  readonly hint: string
  /** How to make sure that `user` is who it should be: a node can put any name into a refusal, proxied or not. */
  readonly check: string
}

/** What to do about a lack of rights, with a manifest where there is a name for it. */
export const grant = ({ right, user, hint, check }: Grant): Pick<CheckpointErrorOptions, 'hint' | 'fix'> =>
  user === undefined
    ? { hint }
    : { hint: `${hint} ${check}`, fix: { manifest: buildRoleManifest(right, user) } }

export const checkYourself = 'Apply the manifest only if it names you: kubectl auth whoami'
