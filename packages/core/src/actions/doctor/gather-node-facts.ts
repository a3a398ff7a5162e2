import { apiPath, getObject, type Node } from '../../remote/cluster/index.ts'
import {
  readFeatureGate,
  readKubeletConfig,
  resolveEndpoint,
  tryCheckpoint,
} from '../../remote/kubelet/index.ts'
import type { Scope } from '../scope.ts'
import type { DoctorRequest } from './doctor.ts'
import { learn } from './learned.ts'
import type { NodeFacts } from './node-facts.ts'

const patienceMs = 30_000

/** Asks the API server, the kubelet, and the node itself, as far as each can be asked. */
export async function gatherNodeFacts(
  { connection, signal }: Pick<Scope, 'connection' | 'signal'>,
  { direct }: Pick<DoctorRequest, 'direct'>,
  name: string,
): Promise<NodeFacts> {
  const options = { signal, timeoutMs: patienceMs }
  const endpoint = resolveEndpoint(connection, name, direct, signal)
  const [object, call, config, gate] = await Promise.all([
    learn(signal, () => getObject<Node>(connection, apiPath`/api/v1/nodes/${name}`, options)),
    learn(signal, async () => tryCheckpoint(await endpoint, signal)),
    learn(signal, async () => readKubeletConfig(await endpoint, options)),
    learn(signal, async () => readFeatureGate(await endpoint, 'ContainerCheckpoint', options)),
  ])
  return { name, via: direct ? 'direct' : 'proxy', object, call, config, gate }
}
