import { readFileSync } from 'node:fs'
import { fixturePath } from '../fixture.ts'
import type { Answer } from './answers.ts'
import type { Faults } from './faults.ts'
import type { Handler, LoggedRequest } from './http-server.ts'
import { kubeletReads, readKubelet } from './kubelet-reads.ts'
import type { Load } from './load.ts'
import type { NodeDisk } from './node-disk.ts'
import type { ObjectStore } from './objects.ts'
import { containersOf, isRunning, rfc3339 } from './pods.ts'
import { recordedAnswer } from './recorded-answer.ts'

export const checkpointFolder = '/var/lib/kubelet/checkpoints'

export interface KubeletOptions {
  readonly node: string
  readonly store: ObjectStore
  readonly disk: NodeDisk
  readonly faults: Faults
  readonly now: () => Date
  readonly load: Load
  /** What a checkpoint of a container writes. */
  readonly makeArchive: (container: CheckpointTarget) => Uint8Array
}

export interface CheckpointTarget {
  readonly namespace: string
  readonly pod: string
  readonly container: string
}

/** Handles a request to a kubelet, whose `path` differs from the request's where a proxy stands between. */
export type Kubelet = (path: string, ...rest: Parameters<Handler>) => Promise<Answer | undefined>

/** The kubelet of one node: its checkpoint endpoint, and what it tells of itself. */
export function buildKubelet(options: KubeletOptions): Kubelet {
  const { node, disk, faults, now, load, makeArchive } = options
  return async (path, request, response) => {
    const [, route, namespace = '', pod = '', container = '', ...rest] = path.split('/')
    const read = request.method === 'GET' ? readKubelet(path.slice(1), options) : undefined
    if (read) return read
    const target = { namespace, pod, container }
    const recorded = (name: string) => recordedAnswer(name, { node, ...target })
    if (route !== 'checkpoint' || container === '' || rest.length > 0) return recorded('path too short')
    if (request.method !== 'POST') return recorded('GET')
    const key = `${namespace}/${pod}/${container}`
    const script = faults.checkpoints.get(key) ?? faults.checkpoints.get(node) ?? {}
    if (typeof script === 'string') {
      leaveLog(disk, recorded(script).body)
      return recorded(script)
    }
    if ('status' in script) return script
    const refusal = findRefusal(options, target, request)
    if (refusal) return recorded(refusal)
    load.checkpointsOn(node).enter()
    await script.hold
    load.checkpointsOn(node).leave()
    const archive = `${checkpointFolder}/checkpoint-${pod}_${namespace}-${container}-${rfc3339(now())}.tar`
    if (script.drop !== 'without-archive') {
      disk.write(archive, makeArchive(target))
    }
    if (!script.drop) return { ...recorded('ok'), body: JSON.stringify({ items: [archive] }) }
    response.destroy()
    return undefined
  }
}

/** What a kubelet asks of those who come to its own port: to be known, and to be allowed. */
export const guardKubelet =
  (kubelet: Kubelet, faults: Faults): Handler =>
  (request, response) => {
    const { method, path, user } = request
    if (user === undefined) return recordedAnswer('direct, bad token')
    const read = method === 'GET' && Object.hasOwn(kubeletReads, path.slice(1)) ? path.slice(1) : undefined
    const grants = read
      ? (kubeletReads[read] ?? []).map((subresource) => `get nodes/${subresource}`)
      : ['create nodes/checkpoint']
    if (grants.some((grant) => !faults.forbidden.has(grant))) return kubelet(path, request, response)
    return recordedAnswer(read ? `direct, ${read} not allowed` : 'direct, not allowed', { user })
  }

/** The name of the recorded case that applies, in the order in which the real one looks. */
function findRefusal(
  { node, store }: KubeletOptions,
  target: CheckpointTarget,
  { query }: LoggedRequest,
): string | undefined {
  const { namespace, container } = target
  const pod = store.find('pods', namespace, target.pod)
  if (pod?.spec.nodeName !== node) return 'pod missing'
  if (!containersOf(pod).some(({ name }) => name === container)) return 'container missing'
  const timeout = query.getAll('timeout').at(-1) ?? '0'
  if (!/^[+-]?\d+$/.test(timeout)) return 'timeout not a number'
  if (Number(timeout) < 0) return 'timeout negative'
  return isRunning(pod, container) ? undefined : 'container not running'
}

/** CRIU's log, where a refusal of CRIU says it is. */
function leaveLog(disk: NodeDisk, body: string): void {
  const [, path] = /path= (\/\S+\.log)/.exec(body) ?? []
  if (path) disk.write(path, readFileSync(fixturePath('logs/criu-dump-tcp-established.log')))
}
