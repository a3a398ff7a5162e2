import type { Container, ContainerState, Node, ObjectMeta } from '@kubectl-checkpoint/core/remote/cluster'
import type { CheckpointScript } from './faults.ts'
import { ObjectStore, type Pod, type Resource } from './objects.ts'
import { buildContainerStatus, rfc3339 } from './pods.ts'

/** The nodes and their operating systems. */
export const nodes = { 'node-a': 'linux', 'node-b': 'linux', 'node-w': 'windows' } as const
export type NodeName = keyof typeof nodes

/** What the shop's kubelets answer from the beginning. */
export const shopCheckpoints: readonly (readonly [string, CheckpointScript])[] = [
  ['shop/svc-tcp/svc', 'criu refuses: established TCP'],
  [
    'node-w',
    {
      status: 500,
      contentType: 'text/plain; charset=utf-8',
      // Not recorded: containerd's words on Windows, in the kubelet's frame.
      body: 'checkpointing of shop/legacy/app failed (rpc error: code = Unimplemented desc = method CheckpointContainer not implemented)',
    },
  ],
]

interface PodSketch {
  readonly node?: string
  readonly owner?: string
  readonly app?: string
  readonly annotations?: Readonly<Record<string, string>>
  /** By name. */
  readonly containers: readonly string[]
  readonly completed?: readonly string[]
  readonly sidecars?: readonly string[]
  readonly debuggers?: readonly string[]
  readonly phase?: 'Running' | 'Pending' | 'Succeeded'
}

const checkout: PodSketch = {
  node: 'node-a',
  annotations: { 'kubectl.kubernetes.io/default-container': 'app' },
  completed: ['migrate'],
  sidecars: ['proxy'],
  containers: ['metrics', 'app'],
  debuggers: ['debugger'],
}
const mirror: PodSketch = {
  node: 'node-a',
  annotations: { 'kubernetes.io/config.source': 'file', 'kubernetes.io/config.mirror': 'd1f2a3' },
  containers: ['app'],
}
const web = { app: 'web', owner: 'ReplicaSet/web-6d4b75cb6d', containers: ['app'] }
const agent = { app: 'agent', owner: 'DaemonSet/agent', containers: ['agent'] }

/** One pod of each kind that makes a difference. */
const pods: Readonly<Record<string, PodSketch>> = {
  'web-6d4b75cb6d-7k2fq': { ...web, node: 'node-a' },
  'web-6d4b75cb6d-x9c4m': { ...web, node: 'node-b' },
  'db-0': { app: 'db', owner: 'StatefulSet/db', node: 'node-b', containers: ['postgres'] },
  'agent-a4x7d': { ...agent, node: 'node-a' },
  'agent-b2v9k': { ...agent, node: 'node-b' },
  'import-8xk2p': { owner: 'Job/import', node: 'node-a', phase: 'Succeeded', containers: ['import'] },
  'miner-a': { node: 'node-a', containers: ['cache'] },
  svc: { node: 'node-b', containers: ['svc'] },
  'svc-tcp': { node: 'node-b', containers: ['svc'] },
  waiting: { phase: 'Pending', containers: ['app'] },
  legacy: { node: 'node-w', containers: ['app'] },
  'static-node-a': mirror,
  checkout,
}

/** With the owner of each, and the label `app` that it selects by. */
const workloads: readonly (readonly [Resource, name: string, app: string, owner?: string])[] = [
  ['deployments', 'web', 'web'],
  ['replicasets', 'web-6d4b75cb6d', 'web', 'Deployment/web'],
  ['statefulsets', 'db', 'db'],
  ['daemonsets', 'agent', 'agent'],
  ['jobs', 'import', 'import'],
]

/** The state in which every stand-in begins, but for its nodes. */
export function buildShop(now: () => Date): ObjectStore {
  const store = new ObjectStore()
  for (const name of ['default', 'kube-system', 'shop']) store.put('namespaces', { metadata: { name } })
  for (const [resource, name, app, owner] of workloads) {
    const metadata = buildMetadata(name, app, owner)
    store.put(resource, { metadata, spec: { selector: { matchLabels: { app } } } })
  }
  for (const [name, sketch] of Object.entries(pods)) store.put('pods', buildPod(name, sketch, now()))
  return store
}

function buildMetadata(name: string, app: string, owner: string | undefined): ObjectMeta {
  const metadata = { name, namespace: 'shop', uid: uidOf(name), labels: { app } }
  const [kind = '', ownerName = ''] = owner?.split('/') ?? []
  if (!owner) return metadata
  return {
    ...metadata,
    ownerReferences: [{ kind, name: ownerName, uid: uidOf(ownerName), controller: true }],
  }
}

const uidOf = (name: string): string => `uid-of-${name}`

function buildPod(name: string, sketch: PodSketch, startedAt: Date): Pod {
  const { node, owner, app = name, annotations = {}, phase = 'Running' } = sketch
  const { containers, completed = [], sidecars = [], debuggers = [] } = sketch
  const running = { running: { startedAt: rfc3339(startedAt) } }
  const terminated = { terminated: { exitCode: 0, reason: 'Completed', finishedAt: rfc3339(startedAt) } }
  const state = phase === 'Succeeded' ? terminated : running
  const statuses = (names: readonly string[], itsState: ContainerState = state) =>
    names.map((one) => buildContainerStatus(one, itsState))
  const creationTimestamp = rfc3339(startedAt)
  return {
    metadata: { ...buildMetadata(name, app, owner), annotations, creationTimestamp },
    spec: {
      ...(node && { nodeName: node }),
      containers: containers.map(buildContainer),
      // A sidecar is an init container that runs on.
      initContainers: [
        ...completed.map(buildContainer),
        ...sidecars.map((one) => ({ ...buildContainer(one), restartPolicy: 'Always' })),
      ],
      ephemeralContainers: debuggers.map(buildContainer),
    },
    status: {
      phase,
      // Nothing has looked at a pod without a node yet.
      containerStatuses: node ? statuses(containers) : [],
      initContainerStatuses: [...statuses(completed, terminated), ...statuses(sidecars)],
      ephemeralContainerStatuses: statuses(debuggers),
    },
  }
}

const buildContainer = (name: string): Container => ({ name, image: `registry.example/${name}:1` })

export const buildNode = (name: string, os: string, kubeletPort: number): Node => ({
  metadata: { name, uid: `uid-${name}`, labels: { 'kubernetes.io/os': os, 'kubernetes.io/hostname': name } },
  status: {
    addresses: [
      { type: 'InternalIP', address: '127.0.0.1' },
      { type: 'Hostname', address: name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
    conditions: [{ type: 'Ready', status: 'True' }],
    nodeInfo: {
      kubeletVersion: 'v1.36.3',
      containerRuntimeVersion: 'containerd://2.1.9',
      architecture: 'amd64',
      kernelVersion: os === 'windows' ? '10.0.20348.2700' : '6.18.44',
      operatingSystem: os,
    },
  },
})
