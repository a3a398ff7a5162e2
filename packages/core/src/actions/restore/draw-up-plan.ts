import { readParticulars, readSpec } from '../../checkpoint/container/index.ts'
import type { RestorePlan, RestoreRemark } from '../../documents/index.ts'
import { imageArchitecture } from '../../formats/oci/index.ts'
import { apiPath, ClusterError, type Connection, getObject, type Node } from '../../remote/cluster/index.ts'
import { parseArchiveReference } from '../archive-reference.ts'
import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { checkRestorable } from '../image/check-restorable.ts'
import { parseImageTarget } from '../image/image-target.ts'
import { type OpenedArchive, openArchiveReference } from '../open-archive-reference.ts'
import { connectToRestore } from './connect-to-restore.ts'
import { copyPod } from './copy-pod.ts'
import { findBlockers, findConditions, judgeAnnotations } from './judge-archive.ts'
import { judgeBaseImage } from './judge-base-image.ts'
import { judgeNode } from './judge-node.ts'
import { type Judgement, nothing } from './judgement.ts'
import { podFromArchive } from './pod-from-archive.ts'
import type { PodManifest, PodSpec } from './pod-manifest.ts'
import { resolveImage } from './resolve-image.ts'
import type { RestoreRequest } from './restore.ts'
import { drawUpWorkload } from './workload.ts'

/** What `planRestore` does. */
export async function drawUpPlan(
  request: RestoreRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<RestorePlan> {
  const { only = false, node: nodeName } = request
  const name = imageName(request)
  const isImage = request.archive.startsWith('oci://')
  await using archive = await openArchiveReference(request.archive, context, {
    signal,
    emit,
    ...(request.container !== undefined && { container: request.container }),
  })
  const facts = await checkRestorable(archive, { signal })
  const { container, pod: podName, namespace: podNamespace } = facts
  const connection = await connectToRestore(context)
  const node = nodeName === undefined ? undefined : await readNode(connection, nodeName, signal)
  const [source, resolved, ofBaseImage] = await Promise.all([
    podName !== undefined && podNamespace !== undefined
      ? findPod(connection, podNamespace, podName, signal)
      : undefined,
    isImage ? resolveImage(name, context, signal) : undefined,
    judgeBaseImage(archive.container ?? {}, node, context, signal),
  ])
  const image = resolved?.image ?? name
  const copied = source?.spec.containers.some((one) => one.name === container) ? source : undefined
  const { spec, ...ofSpec } = copied
    ? { ...nothing, spec: copyPod(copied, { container, image, only }), warnings: ofCopy(copied, connection) }
    : await describePod(archive, container, image, signal)
  const judgements: readonly Judgement[] = [
    { blockers: findBlockers(archive), warnings: findConditions(archive) },
    { blockers: resolved ? judgeAnnotations(resolved.annotations) : [], warnings: [] },
    ofBaseImage,
    node ? judgeNode(node, `linux/${imageArchitecture(facts.machine)}`) : nothing,
    ofSpec,
    { blockers: request.as === 'deployment' ? judgeRestarts(spec) : [], warnings: [] },
  ]
  const { origin } = archive
  return {
    image,
    archive: origin.label,
    needsImage: !isImage,
    container,
    basis: copied ? 'pod' : 'archive',
    blockers: judgements.flatMap(({ blockers }) => blockers),
    warnings: judgements.flatMap(({ warnings }) => warnings),
    manifest: {
      ...drawUpWorkload(spec, {
        ...request,
        namespace: connection.namespace,
        oldName: podName ?? container,
        image: name,
      }),
    },
  }
}

/** Of the image that nodes restore, as they name it. */
function imageName({ archive, image }: RestoreRequest): string {
  const reference = parseArchiveReference(archive, false)
  if (reference.kind === 'registry') return reference.image
  const target = image === undefined ? undefined : parseImageTarget(image)
  if (target?.kind === 'registry') return target.image
  throw new ActionError(
    'IMAGE_TARGET_INVALID',
    `${JSON.stringify(archive)} has to become an image in a registry first: nodes restore nothing else`,
    { hint: 'Say where to push it: --tag oci://registry.example/shop/web:1' },
  )
}

async function describePod(archive: OpenedArchive, container: string, image: string, signal: AbortSignal) {
  const ignore = () => {}
  const particulars = await readParticulars(archive, ignore, { signal })
  const spec = await readSpec(archive, particulars, ignore, { signal })
  return podFromArchive(spec ?? { mounts: [], limits: {} }, container, image)
}

/** Undefined: it is gone. */
async function findPod(
  connection: Connection,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<PodManifest | undefined> {
  try {
    return await getObject<PodManifest>(connection, apiPath`/api/v1/namespaces/${namespace}/pods/${name}`, {
      signal,
    })
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'OBJECT_NOT_FOUND') return undefined
    throw error
  }
}

const readNode = (connection: Connection, name: string, signal: AbortSignal): Promise<Node> =>
  getObject<Node>(connection, apiPath`/api/v1/nodes/${name}`, { signal })

function ofCopy({ metadata }: PodManifest, connection: Connection): RestoreRemark[] {
  if (metadata.namespace === undefined || metadata.namespace === connection.namespace) return []
  return [
    {
      id: 'other-namespace',
      message: `the pod was in namespace ${metadata.namespace}: what it refers to by name must be in ${connection.namespace}, too`,
    },
  ]
}

const judgeRestarts = ({ restartPolicy = 'Always' }: PodSpec): RestoreRemark[] =>
  restartPolicy === 'Always'
    ? []
    : [
        {
          id: 'restart-policy',
          message: `its pod is not started again when it ends (restartPolicy: ${restartPolicy}), as all of a deployment are`,
          hint: 'Restore it as a pod: --as pod',
        },
      ]
