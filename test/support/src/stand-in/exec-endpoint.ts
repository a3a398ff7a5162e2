import type { Socket } from 'node:net'
import { posix } from 'node:path'
import { WebSocketServer } from 'ws'
import { authorize } from './access.ts'
import { noSuchPath, notFound, statusRefusal } from './answers.ts'
import { parseApiTarget } from './api-target.ts'
import { serveExec } from './exec.ts'
import type { Faults } from './faults.ts'
import { runFileStream } from './file-stream.ts'
import type { UpgradeHandler } from './http-server.ts'
import type { Load } from './load.ts'
import type { NodeDisk } from './node-disk.ts'
import type { ObjectStore, Pod } from './objects.ts'
import { containersOf, isRunning } from './pods.ts'
import { runReaderLoop } from './reader-loop.ts'
import { Throttle } from './throttle.ts'
import { runWriterLoop } from './writer-loop.ts'

export interface ExecEndpointOptions {
  readonly store: ObjectStore
  readonly faults: Faults
  readonly load: Load
  /** By node. */
  readonly disks: Readonly<Record<string, NodeDisk>>
  /** Offered, best first. */
  readonly protocols: readonly string[]
}

/**
 * `pods/POD/exec`. What runs over the folder in the command's last word is the writer's loop, the stream of a file, or
 * else the reader's loop; containers that mount nothing of their node have no such folder, as the last two say.
 */
export function buildExecEndpoint({ store, faults, load, disks, protocols }: ExecEndpointOptions) {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => protocols.find((protocol) => offered.has(protocol)) ?? false,
  })
  const wire = new Throttle()
  const unanswered = new Set<Socket>()
  const onUpgrade: UpgradeHandler = (request, incoming, socket, head) => {
    const target = parseApiTarget(request.path)
    const { namespace, name = '' } = target
    if (target.resource !== 'pods' || target.subresource !== 'exec') throw noSuchPath()
    authorize(request, 'create', target, faults)
    const pod = store.find('pods', namespace, name)
    if (!pod) throw notFound('pods', name)
    const container = request.query.get('container') ?? ''
    checkContainer(pod, container)
    const command = request.query.getAll('command')
    const folder = findNodeFolder(pod, container, command.at(-1) ?? '')
    const fault = faults.nodes.get(pod.spec.nodeName ?? '')
    if (fault === 'silent') return void unanswered.add(socket)
    if (fault === 'down') throw statusRefusal(500, 'InternalError', kubeletDown)
    const disk = disks[pod.spec.nodeName ?? '']
    const killed = store.whenRemoved(pod.metadata.uid ?? '')
    sockets.handleUpgrade(incoming, socket, head, async (client) => {
      load.execs.enter()
      client.on('close', () => load.execs.leave())
      await serveExec(
        client,
        (stdin, write) =>
          disk && folder !== undefined && command.includes('checkpoint-writer')
            ? runWriterLoop({ disk, folder, stdin, write })
            : command[3] === 'checkpoint-stream'
              ? runFileStream({ disk, folder, words: command.slice(4, -1), faults, write })
              : runReaderLoop({ disk, folder, faults, stdin, write }),
        { faults, wire, killed },
      )
      request.outcome = 'answered'
    })
  }
  const close = () => {
    for (const client of sockets.clients) client.terminate()
    for (const socket of unanswered) socket.destroy()
  }
  return { onUpgrade, close }
}

const kubeletDown = 'error dialing backend: dial tcp 172.30.0.2:10250: connect: connection refused'

function checkContainer(pod: Pod, container: string): void {
  if (!containersOf(pod).some(({ name }) => name === container)) {
    const message = `container ${container} is not valid for pod ${pod.metadata.name}`
    throw statusRefusal(400, 'BadRequest', message)
  }
  if (!isRunning(pod, container)) {
    const message = `unable to upgrade connection: container not found ("${container}")`
    throw statusRefusal(500, 'InternalError', message)
  }
}

/** Where on the node a folder of a container is, by the pod's hostPath volumes. */
function findNodeFolder(pod: Pod, container: string, folder: string): string | undefined {
  const mounts = pod.spec.containers.find(({ name }) => name === container)?.volumeMounts ?? []
  const mount = mounts.find(({ mountPath }) => `${folder}/`.startsWith(`${mountPath}/`))
  const hostPath = pod.spec.volumes?.find(({ name }) => name === mount?.name)?.hostPath?.path
  return mount && hostPath && posix.join(hostPath, folder.slice(mount.mountPath.length))
}
