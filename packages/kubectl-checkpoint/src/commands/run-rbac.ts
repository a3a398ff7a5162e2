import { buildRoles } from '@kubectl-checkpoint/core/actions'
import { rolesRequest } from '../flags/roles.ts'
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { roleManifestView } from '../output/role-manifest.ts'
import { show } from '../show.ts'
import type { RbacFlags } from './rbac.ts'

export async function runRbac(flags: RbacFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  const manifest = await buildRoles(rolesRequest(flags.roles ?? [], flags))
  await show(manifest, roleManifestView, format, {}, io)
  return 0
}
