import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { Server } from 'node:https'
import { type FixtureName, fixture } from '../fixture.ts'
import { buildApiServer } from './api-server.ts'
import { buildExecEndpoint } from './exec-endpoint.ts'
import type { Faults } from './faults.ts'
import { buildFleet, craftArchive, type FleetOptions } from './fleet.ts'
import { type HttpServerOptions, type LoggedRequest, startHttpServer } from './http-server.ts'
import { buildKubeconfig, users } from './kubeconfig.ts'
import { buildKubelet, type CheckpointTarget, guardKubelet, type Kubelet } from './kubelet.ts'
import { Load } from './load.ts'
import { NodeDisk } from './node-disk.ts'
import type { ObjectStore } from './objects.ts'
import { buildNode, buildShop, type NodeName, nodes, shopCheckpoints } from './shop.ts'

export interface StandInOptions {
  /** The clock of API server and nodes. */
  readonly now?: () => Date
  /** Which archive a checkpoint of a container gives: `{ 'shop/db-0/postgres': 'crio-miner' }`. Default: containerd-miner. */
  readonly archives?: Readonly<Record<string, FixtureName>>
  /** Beside the shop. */
  readonly fleet?: FleetOptions
  /** What exec offers, best first. Default: v5.channel.k8s.io, v4.channel.k8s.io. */
  readonly execProtocols?: readonly string[]
}

/** An API server and three kubelets on 127.0.0.1 that play back what real ones said, and serve real archives. */
export interface StandIn extends AsyncDisposable {
  /** Of the API server: `https://127.0.0.1:40123`. */
  readonly origin: string
  /** YAML with two contexts: `token` (the current one) and `certificate`, both in namespace `shop`. */
  readonly kubeconfig: string
  writeKubeconfig(path: string): Promise<void>
  /** What the API server holds; tests may put and remove objects. */
  readonly store: ObjectStore
  readonly disks: Readonly<Record<NodeName, NodeDisk> & Record<string, NodeDisk | undefined>>
  readonly faults: Faults
  /** All requests so far, to the API server and the kubelets, oldest first. */
  readonly requests: readonly LoggedRequest[]
  /** The first request that passes `test`, as soon as it has come. */
  whenRequested(test: (request: LoggedRequest) => boolean): Promise<LoggedRequest>
  /** TLS connections accepted so far. */
  readonly connections: number
  readonly load: Load
  /** The same as disposing of it. */
  close(): Promise<void>
}

/** Which container each archive was made of. */
const shopArchives: StandInOptions['archives'] & object = {
  'shop/miner-a/cache': 'containerd-miner',
  'shop/svc/svc': 'containerd-svc',
}

const archiveBytes = new Map<FixtureName, Uint8Array>()

/** Read once, however many nodes have it. */
function readArchive(name: FixtureName): Uint8Array {
  const bytes = archiveBytes.get(name) ?? readFileSync(fixture(name))
  archiveBytes.set(name, bytes)
  return bytes
}

/** Starts a stand-in with the shop in it. Needs no rights, no cluster and no network but 127.0.0.1. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { now = () => new Date(), archives = shopArchives } = options
  const { execProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] } = options
  const faults: Faults = {
    forbidden: new Set(),
    checkpoints: new Map(shopCheckpoints),
    kubeletReads: new Map(),
    nodes: new Map(),
  }
  const requests: LoggedRequest[] = []
  const listeners = new Set<(request: LoggedRequest) => void>()
  const load = new Load()
  let connections = 0
  const shared: Omit<HttpServerOptions, 'handle'> = {
    users,
    faults,
    onConnection: (socket) => {
      connections += 1
      load.connections.enter()
      socket.on('close', () => load.connections.leave())
    },
    onRequest: (request) => {
      requests.push(request)
      for (const listener of listeners) listener(request)
    },
  }
  const store = buildShop(now)
  const servers: Server[] = []
  const disks = {} as Record<NodeName, NodeDisk> & Record<string, NodeDisk>
  const kubelets = new Map<string, Kubelet>()
  const surroundings = { store, faults, now, load }
  const makeArchive = ({ namespace, pod, container }: CheckpointTarget) =>
    readArchive(archives[`${namespace}/${pod}/${container}`] ?? 'containerd-miner')
  for (const [node, os] of Object.entries(nodes) as [NodeName, string][]) {
    const disk = new NodeDisk(now)
    const kubelet = buildKubelet({ ...surroundings, node, disk, makeArchive })
    const { server, port } = await startHttpServer({ ...shared, handle: guardKubelet(kubelet, faults) })
    store.put('nodes', buildNode(node, os, port))
    servers.push(server)
    disks[node] = disk
    kubelets.set(node, kubelet)
  }
  if (options.fleet) {
    const addDisk = (node: string) => {
      const disk = new NodeDisk(now)
      disks[node] = disk
      kubelets.set(node, buildKubelet({ ...surroundings, node, disk, makeArchive: craftArchive }))
      return disk
    }
    buildFleet(options.fleet, store, addDisk, now)
  }
  const exec = buildExecEndpoint({ store, faults, load, disks, protocols: execProtocols })
  const handle = buildApiServer({ ...surroundings, kubelets })
  const { server, port } = await startHttpServer({ ...shared, handle, onUpgrade: exec.onUpgrade })
  servers.push(server)

  const origin = `https://127.0.0.1:${port}`
  const kubeconfig = buildKubeconfig(origin)
  const close = async () => {
    exec.close()
    for (const each of servers) {
      each.closeAllConnections()
      await new Promise((resolve) => each.close(resolve))
    }
  }
  return {
    origin,
    kubeconfig,
    writeKubeconfig: (path) => writeFile(path, kubeconfig, { mode: 0o600 }),
    store,
    disks,
    faults,
    requests,
    whenRequested: (test) =>
      new Promise((resolve) => {
        const listener = (request: LoggedRequest) => {
          if (!test(request)) return
          listeners.delete(listener)
          resolve(request)
        }
        listeners.add(listener)
        requests.forEach(listener)
      }),
    get connections() {
      return connections
    },
    load,
    close,
    [Symbol.asyncDispose]: close,
  }
}
