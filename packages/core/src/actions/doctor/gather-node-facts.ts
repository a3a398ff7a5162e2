import { apiPath, getObject, type Node } from '../../remote/cluster/index.ts'
import {
  type KubeletConfig,
  readFeatureGate,
  readKubeletConfig,
  resolveEndpoint,
  tryCheckpoint,
} from '../../remote/kubelet/index.ts'
import { checkAdmission } from '../../remote/node-pods/index.ts'
import { lookAtNode, type NodeProbes } from '../../remote/node-probe/index.ts'
import type { Scope } from '../scope.ts'
import type { DoctorRequest } from './doctor.ts'
import { type Learned, learn, notLearned } from './learned.ts'
import type { NodeFacts, TimedSight } from './node-facts.ts'
import type { ReaderAccess } from './read-reader-access.ts'
import { runtimeOf } from './runtime-of.ts'

const patienceMs = 30_000

export interface NodeFactSources {
  readonly scope: Pick<Scope, 'connection' | 'settings' | 'archiveFolder' | 'clock' | 'signal'>
  /** Undefined: not to be used. */
  readonly probes: NodeProbes | undefined
  readonly readerAccess: ReaderAccess
}

/** Asks the API server, the kubelet, and the node itself, as far as each can be asked. */
export async function gatherNodeFacts(
  sources: NodeFactSources,
  { direct }: Pick<DoctorRequest, 'direct'>,
  name: string,
): Promise<NodeFacts> {
  const { readerAccess, scope } = sources
  const { connection, settings, signal } = scope
  const options = { signal, timeoutMs: patienceMs }
  const archiveFolder = await scope.archiveFolder(name)
  const endpoint = resolveEndpoint(connection, name, direct, signal)
  const reader = { role: 'reader', node: name, directory: archiveFolder } as const
  const [object, call, config, gate, admission] = await Promise.all([
    learn(signal, () => getObject<Node>(connection, apiPath`/api/v1/nodes/${name}`, options)),
    learn(signal, async () => tryCheckpoint(await endpoint, signal)),
    learn(signal, async () => readKubeletConfig(await endpoint, options)),
    learn(signal, async () => readFeatureGate(await endpoint, 'ContainerCheckpoint', options)),
    learn(signal, async (): Promise<true> => {
      await checkAdmission(connection, settings.pods, reader, signal)
      return true
    }),
  ])
  const known = { name, object, config, archiveFolder }
  const sight = await see(sources, known)
  return { ...known, via: direct ? 'direct' : 'proxy', call, gate, admission, sight, ...readerAccess }
}

async function see(
  { scope: { clock, signal }, probes }: NodeFactSources,
  facts: Pick<NodeFacts, 'name' | 'object' | 'config' | 'archiveFolder'>,
): Promise<Learned<TimedSight>> {
  if (!probes) return notLearned('no probe was wanted')
  // Where no kubelet runs, a pod would be waited for in vain.
  const { name, object, config, archiveFolder } = facts
  if (object.known && !isReady(object.value)) return notLearned('no pod starts on a node that is not Ready')
  const runtime = runtimeOf(facts)?.name === 'cri-o' ? 'crio' : 'containerd'
  const socket = config.known ? socketOf(config.value) : undefined
  return learn(signal, async () => {
    const askedAt = clock.now()
    const sight = await probes.ask(name, lookAtNode({ archiveFolder, runtime, socket }), signal)
    return { ...sight, askedAt, answeredAt: clock.now() }
  })
}

const isReady = ({ status }: Node): boolean =>
  status?.nodeInfo?.operatingSystem !== 'windows' &&
  status?.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True') === true

const socketOf = ({ containerRuntimeEndpoint }: KubeletConfig): string | undefined =>
  containerRuntimeEndpoint?.replace(/^unix:\/\//, '')
