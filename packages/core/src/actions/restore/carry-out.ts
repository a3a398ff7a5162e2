import type { RestoredPod, RestorePlan } from '../../documents/index.ts'
import { createObject } from '../../remote/cluster/index.ts'
import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { writeImage } from '../image/write-image.ts'
import { removeObject } from '../remove-object.ts'
import { connectToRestore } from './connect-to-restore.ts'
import { explainFailure } from './explain-failure.ts'
import { pinImage } from './resolve-image.ts'
import type { ApplyRequest } from './restore.ts'
import { waitUntilReady } from './wait-until-ready.ts'
import { type WorkloadManifest, withImage } from './workload.ts'
import { workloadsPath } from './workload-path.ts'

/** For a request that nothing cancels. */
const requestPatienceMs = 30_000

/** What `applyRestore` does. */
export async function carryOut(
  plan: RestorePlan,
  request: ApplyRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<RestoredPod> {
  if (plan.blockers.length > 0) throw blocked(plan)
  const image = await makeImage(plan, request, context, emit, signal)
  const connection = await connectToRestore(context)
  const manifest = withImage(plan.manifest as unknown as WorkloadManifest, plan.container, image)
  signal.throwIfAborted()
  const { kind, metadata } = manifest
  const path = workloadsPath(kind, metadata.namespace)
  // Without the signal: a request cut off could leave an object that nobody knows of.
  await createObject(connection, path, manifest, { timeoutMs: requestPatienceMs })
  const { name, namespace } = metadata
  const item = `${namespace}/${name}`
  const began = context.clock.now()
  emit({ type: 'phase', item, phase: 'restoring' })
  try {
    const watch = { connection, clock: context.clock, emit, signal }
    const { pod, failure } = await waitUntilReady(watch, manifest, plan.container, request.timeoutSeconds)
    if (failure) throw await explainFailure({ ...plan, image }, pod, failure, context, emit, signal)
    emit({ type: 'phase', item, phase: 'done' })
    return {
      apiVersion: 'kubectl-checkpoint/v1',
      kind: 'RestoredPod',
      namespace,
      pod: pod.metadata.name,
      ...(kind === 'Deployment' && { deployment: name }),
      container: plan.container,
      ...(pod.spec.nodeName !== undefined && { node: pod.spec.nodeName }),
      image,
      readySeconds: (context.clock.now() - began) / 1000,
      warnings: plan.warnings,
    }
  } catch (error) {
    emit({ type: 'phase', item, phase: 'failed' })
    const object = `${kind.toLowerCase()}/${name}`
    await removeObject(connection, { path: `${path}/${name}`, namespace, object }, emit)
    throw error
  }
}

/** @returns the plan's image by its digest. */
async function makeImage(
  { archive, image, needsImage }: RestorePlan,
  { allowsOpenRegistry = false }: ApplyRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<string> {
  if (!needsImage) return image
  const request = { archive, image: `oci://${image}`, compression: 'none', allowsOpenRegistry } as const
  const { digest } = await writeImage(request, context, emit, signal)
  return pinImage(image, digest)
}

function blocked({ archive, blockers }: RestorePlan): ActionError {
  const [first, ...others] = blockers
  const more = others.length === 0 ? '' : ` (and ${others.length} more, which --dry-run=client shows)`
  return new ActionError('RESTORE_BLOCKED', `${archive}: ${first?.message}${more}`, {
    ...(first?.hint !== undefined && { hint: first.hint }),
  })
}
