import { readParticulars, readSpec } from '../../checkpoint/container/index.ts'
import type { RestorePlan, RestoreRemark } from '../../documents/index.ts'
import { imageArchitecture, parseImage } from '../../formats/oci/index.ts'
import {
  apiPath,
  ClusterError,
  type Connection,
  createObject,
  getObject,
  type Node,
} from '../../remote/cluster/index.ts'
import { openRepository, parseImageReference } from '../../remote/registry/index.ts'
import { parseArchiveReference } from '../archive-reference.ts'
import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { checkRestorable } from '../image/check-restorable.ts'
import { openArchiveReference } from '../open-archive-reference.ts'
import { connectToRestore } from './connect-to-restore.ts'
import { copyPod } from './copy-pod.ts'
import { judgeAnnotations, judgeArchive } from './judge-image.ts'
import { judgeNode, type NodeJudgement } from './judge-node.ts'
import { podFromArchive } from './pod-from-archive.ts'
import type { PodManifest } from './pod-manifest.ts'
import type { RestoreRequest } from './restore.ts'

/** What `planRestore` does. */
export async function drawUpPlan(
  request: RestoreRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<RestorePlan> {
  const image = parseSource(request.image)
  await using archive = await openArchiveReference(request.image, context, { signal, emit })
  const facts = await checkRestorable(archive, { signal })
  const { container, pod: podName, namespace: podNamespace } = facts
  const connection = await connectToRestore(context)
  const [source, node, annotations] = await Promise.all([
    podName !== undefined && podNamespace !== undefined
      ? findPod(connection, podNamespace, podName, signal)
      : undefined,
    request.node === undefined ? undefined : readNode(connection, request.node, signal),
    readAnnotations(image, context, signal),
  ])
  const isKept = source?.spec.containers.some(({ name }) => name === container) === true
  const spec = (await readSpec(archive, await readParticulars(archive, () => {}, { signal }), () => {}, {
    signal,
  })) ?? {
    mounts: [],
    limits: {},
  }
  const { spec: podSpec, ...remarks } =
    source && isKept
      ? {
          spec: copyPod(source, { container, image, only: request.only === true }),
          blockers: [],
          warnings: [],
        }
      : podFromArchive(spec, container, image)
  const ofNode: NodeJudgement = node
    ? judgeNode(node, `linux/${imageArchitecture(facts.machine)}`)
    : { blockers: [], warnings: [] }
  const pod: PodManifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...nameFor(request, podName ?? container),
      namespace: connection.namespace,
      labels: { 'app.kubernetes.io/managed-by': 'kubectl-checkpoint' },
      annotations: { 'kubectl-checkpoint/restored-from': image },
    },
    spec: { ...podSpec, ...(request.node !== undefined && { nodeName: request.node }) },
  }
  return {
    image,
    container,
    basis: isKept ? 'pod' : 'archive',
    blockers: [
      ...judgeArchive(archive),
      ...judgeAnnotations(annotations),
      ...ofNode.blockers,
      ...remarks.blockers,
    ],
    warnings: [...ofNode.warnings, ...remarks.warnings, ...(isKept ? ofCopy(source, connection) : [])],
    pod: { ...pod },
  }
}

/** What `checkRestore` does. */
export async function checkOnServer(
  plan: RestorePlan,
  context: Context,
  _emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<RestorePlan> {
  const connection = await connectToRestore(context)
  const path = apiPath`/api/v1/namespaces/${connection.namespace}/pods`
  return { ...plan, pod: await createObject(connection, path, plan.pod, { signal, dryRun: true }) }
}

function parseSource(text: string): string {
  const reference = parseArchiveReference(text, false)
  if (reference.kind === 'registry') return reference.image
  throw new ActionError('ARCHIVE_REFERENCE_INVALID', `${JSON.stringify(text)} is no image in a registry`, {
    hint: 'Nodes restore images from registries: make one of the archive with kubectl checkpoint push.',
  })
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

async function readAnnotations(image: string, { registry, clock }: Context, signal: AbortSignal) {
  await using repository = openRepository(parseImageReference(image), { ...registry, clock })
  return parseImage(await repository.readManifest(undefined, signal), repository.label).annotations
}

const nameFor = ({ name }: RestoreRequest, old: string): PodManifest['metadata'] =>
  name === undefined ? { generateName: `${old.slice(0, longestStem)}-restored-` } : { name }

/** With what is put behind it, a name of 63 characters, which is as much as a pod's host name may have. */
const longestStem = 63 - '-restored-'.length - 5

function ofCopy({ metadata }: PodManifest, connection: Connection): RestoreRemark[] {
  if (metadata.namespace === undefined || metadata.namespace === connection.namespace) return []
  return [
    {
      id: 'other-namespace',
      message: `the pod was in namespace ${metadata.namespace}: what it refers to by name must be in ${connection.namespace}, too`,
    },
  ]
}
