import { readFileSync } from 'node:fs'
import { type FixtureName, fixture, fixturePath } from '../fixture.ts'
import { type Answer, json, recordedAnswer } from './answers.ts'
import type { CheckpointScript, Faults } from './faults.ts'
import type { Handler, LoggedRequest } from './http-server.ts'
import type { NodeDisk } from './node-disk.ts'
import type { ObjectStore } from './objects.ts'
import { containersOf, isRunning, rfc3339 } from './pods.ts'

export const checkpointFolder = '/var/lib/kubelet/checkpoints'

export interface KubeletOptions {
  readonly node: string
  readonly store: ObjectStore
  readonly disk: NodeDisk
  readonly faults: Faults
  readonly now: () => Date
  /** By container: `shop/miner-a/cache`. All others have a containerd-miner. */
  readonly archives: Readonly<Record<string, FixtureName>>
}

/** Handles a request to a kubelet, whose `path` differs from the request's where a proxy stands between. */
export type Kubelet = (path: string, ...rest: Parameters<Handler>) => Promise<Answer | undefined>

/** The kubelet of one node, of which only the checkpoint endpoint is here. */
export function buildKubelet(options: KubeletOptions): Kubelet {
  const { node, faults } = options
  return async (path, request, response) => {
    const [, route, namespace = '', pod = '', container = '', ...rest] = path.split('/')
    const target = `${namespace}/${pod}/${container}`
    const recorded = (name: string) => recordedAnswer(name, { node, namespace, pod, container })
    if (route !== 'checkpoint' || container === '' || rest.length > 0) return recorded('path too short')
    if (request.method !== 'POST') return recorded('GET')
    const script = faults.checkpoints.get(target) ?? faults.checkpoints.get(node)
    if (typeof script === 'string') {
      leaveLog(options.disk, recorded(script).body)
      return recorded(script)
    }
    if (script && 'status' in script) return script
    const refusal = findRefusal(options, namespace, pod, container, request)
    if (refusal) return recorded(refusal)
    return checkpoint(options, { namespace, pod, container }, script, response)
  }
}

/** What a kubelet asks of those who come to its own port: to be known, and to be allowed. */
export const guardKubelet =
  (kubelet: Kubelet, faults: Faults): Handler =>
  (request, response) => {
    const { path, user } = request
    if (user === undefined) return recordedAnswer('direct, bad token', {})
    if (faults.forbidden.has('create nodes/checkpoint'))
      return recordedAnswer('direct, not allowed', { user })
    return kubelet(path, request, response)
  }

type Special = Exclude<CheckpointScript, string | Answer>

async function checkpoint(
  { disk, now, archives }: KubeletOptions,
  { namespace, pod, container }: { namespace: string; pod: string; container: string },
  script: Special | undefined,
  response: Parameters<Handler>[1],
): Promise<Answer | undefined> {
  if (script && 'hold' in script) await script.hold
  const path = `${checkpointFolder}/checkpoint-${pod}_${namespace}-${container}-${rfc3339(now())}.tar`
  const drop = script && 'drop' in script ? script.drop : undefined
  if (drop !== 'without-archive') {
    disk.write(
      path,
      readFileSync(fixture(archives[`${namespace}/${pod}/${container}`] ?? 'containerd-miner')),
    )
  }
  if (!drop) return json({ items: [path] })
  response.destroy()
  return undefined
}

/** The name of the recorded case that applies, in the order in which the real one looks. */
function findRefusal(
  { node, store }: KubeletOptions,
  namespace: string,
  podName: string,
  container: string,
  { query }: LoggedRequest,
): string | undefined {
  const pod = store.find('pods', namespace, podName)
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
