import type { RestorePlan } from '../../documents/index.ts'
import { createObject } from '../../remote/cluster/index.ts'
import type { Context } from '../context.ts'
import { connectToRestore } from './connect-to-restore.ts'
import type { WorkloadManifest } from './workload.ts'
import { workloadsPath } from './workload-path.ts'

/** What `checkRestore` does. */
export async function checkOnServer(
  plan: RestorePlan,
  context: Context,
  signal: AbortSignal,
): Promise<RestorePlan> {
  const connection = await connectToRestore(context)
  const { kind } = plan.manifest as unknown as WorkloadManifest
  const path = workloadsPath(kind, connection.namespace)
  return { ...plan, manifest: await createObject(connection, path, plan.manifest, { signal, dryRun: true }) }
}
