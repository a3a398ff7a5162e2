import { craftTar } from '../craft-tar.ts'
import { checkpointFolder } from './kubelet.ts'
import type { NodeDisk } from './node-disk.ts'
import type { ObjectStore, Pod } from './objects.ts'
import { buildContainerStatus, rfc3339 } from './pods.ts'
import { buildNode } from './shop.ts'

/** Nodes beside the shop's, many of them and alike: `fleet-0000` and so on. */
export interface FleetOptions {
  /** Their kubelets answer through the API server only. */
  readonly nodes: number
  /** Pods that run on each. Default: 4. */
  readonly podsPerNode?: number
  /** An hour apart, of the pods that run and of two that don't. Default: 20. */
  readonly archivesPerNode?: number
}

export interface FleetContainer {
  readonly namespace: string
  readonly pod: string
  readonly container: string
}

const hourMs = 3_600_000
/** Of three nodes in a row. */
const zones = [
  { name: 'Z', minutes: 0 },
  { name: '+05:30', minutes: 330 },
  { name: '-03:00', minutes: -180 },
] as const

const fleetNode = (index: number): string => `fleet-${String(index).padStart(4, '0')}`

/** Where each quarter of the pods live: the names of the last one's archives fit `car` in `team-a-side`, too. */
const homes = [
  { namespace: 'fleet', container: 'app' },
  { namespace: 'fleet', container: 'app' },
  { namespace: 'fleet', container: 'app' },
  { namespace: 'team-a', container: 'side-car' },
] as const

const runningContainers = (index: number, podsPerNode: number): FleetContainer[] =>
  Array.from({ length: podsPerNode }, (_, slot) => ({
    pod: `web-${index}-${slot}`,
    ...(homes[slot % homes.length] ?? homes[0]),
  }))

/** Puts the nodes into `store`, with namespaces and pods, and archives on their disks. */
export function buildFleet(
  { nodes, podsPerNode = 4, archivesPerNode = 20 }: FleetOptions,
  store: ObjectStore,
  diskOf: (node: string) => NodeDisk,
  now: () => Date,
): void {
  const start = now().getTime()
  for (const { namespace } of homes) store.put('namespaces', { metadata: { name: namespace } })
  for (let index = 0; index < nodes; index++) {
    const node = fleetNode(index)
    store.put('nodes', buildNode(node, 'linux', 0))
    const running = runningContainers(index, podsPerNode)
    const gone = { namespace: 'fleet', pod: `gone-${index}`, container: 'app' }
    const replaced = { namespace: 'fleet', pod: `again-${index}`, container: 'app' }
    const yearAgo = new Date(start - 365 * 24 * hourMs)
    for (const [slot, container] of running.entries()) {
      store.put('pods', buildPod(node, container, { slice: index % 10, slot }, yearAgo))
    }
    store.put('pods', buildPod(node, replaced, { slice: index % 10, slot: podsPerNode }, new Date(start)))
    const owners = [...running, gone, replaced].map((owner) => ({ owner, bytes: craftArchive(owner) }))
    const disk = diskOf(node)
    for (let age = 1; age <= archivesPerNode; age++) {
      const made = owners[age % owners.length]
      const takenAt = new Date(start - age * hourMs)
      if (made) disk.write(archivePath(made.owner, takenAt, zones[index % zones.length]), made.bytes, takenAt)
    }
  }
}

function archivePath(
  { pod, namespace, container }: FleetContainer,
  takenAt: Date,
  { name, minutes } = zones[0] as (typeof zones)[number],
): string {
  const local = rfc3339(new Date(takenAt.getTime() + minutes * 60_000)).replace('Z', name)
  return `${checkpointFolder}/checkpoint-${pod}_${namespace}-${container}-${local}.tar`
}

function buildPod(
  node: string,
  { namespace, pod, container }: FleetContainer,
  labels: Readonly<Record<'slice' | 'slot', number>>,
  startedAt: Date,
): Pod {
  const creationTimestamp = rfc3339(startedAt)
  return {
    metadata: {
      name: pod,
      namespace,
      uid: `uid-of-${pod}`,
      labels: { app: 'fleet', slice: `${labels.slice}`, slot: `${labels.slot}` },
      creationTimestamp,
    },
    spec: { nodeName: node, containers: [{ name: container, image: 'registry.example/fleet:1' }] },
    status: {
      phase: 'Running',
      containerStatuses: [buildContainerStatus(container, { running: { startedAt: creationTimestamp } })],
    },
  }
}

/** As small as an archive can be that says whose it is. */
export function craftArchive({ namespace, pod, container }: FleetContainer): Uint8Array {
  const config = { id: `id-of-${pod}`, name: container, rootfsImageName: 'registry.example/fleet:1' }
  const annotations = {
    'io.kubernetes.cri.container-type': 'container',
    'io.kubernetes.cri.container-name': container,
    'io.kubernetes.cri.sandbox-name': pod,
    'io.kubernetes.cri.sandbox-namespace': namespace,
  }
  const parts = craftTar([
    { name: 'config.dump', data: JSON.stringify(config) },
    { name: 'spec.dump', data: JSON.stringify({ annotations }) },
  ])
  return Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.alloc(part) : part)))
}
