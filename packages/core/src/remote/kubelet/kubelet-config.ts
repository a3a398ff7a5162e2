import { type CallOptions, getObject, getText } from '../cluster/index.ts'
import type { KubeletEndpoint } from './endpoint.ts'
import { fieldsOf, maxBodyLength } from './kubelet-answer.ts'

/** What a kubelet says of its own configuration, as far as it matters here. Defaults are filled in, but for gates. */
export interface KubeletConfig {
  readonly enableDebuggingHandlers?: boolean
  readonly featureGates?: Readonly<Record<string, boolean>>
  /** Since Kubernetes 1.27: `unix:///run/containerd/containerd.sock`. */
  readonly containerRuntimeEndpoint?: string
}

/** @throws {ClusterError} as `getObject`; the rights are `get` on nodes/proxy, directly also on nodes/configz. */
export async function readKubeletConfig(
  { sender, pathPrefix }: KubeletEndpoint,
  options: CallOptions,
): Promise<KubeletConfig> {
  const answer = await getObject<unknown>(sender, `${pathPrefix}/configz`, { ...options, maxBodyLength })
  const { featureGates, containerRuntimeEndpoint, enableDebuggingHandlers } = fieldsOf(
    fieldsOf(answer).kubeletconfig,
  )
  return {
    ...(typeof enableDebuggingHandlers === 'boolean' && { enableDebuggingHandlers }),
    ...(typeof containerRuntimeEndpoint === 'string' && { containerRuntimeEndpoint }),
    featureGates: Object.fromEntries(
      Object.entries(fieldsOf(featureGates)).filter(
        (gate): gate is [string, boolean] => typeof gate[1] === 'boolean',
      ),
    ),
  }
}

/** A feature gate of a kubelet. */
export interface FeatureGate {
  readonly enabled: boolean
  /** `ALPHA`, `BETA`; empty when it is stable. */
  readonly stage: string
}

/**
 * Undefined: the kubelet doesn't know it, or is older than 1.26, which doesn't tell.
 * @throws {ClusterError} as `getText`; the rights are `get` on nodes/proxy, directly also on nodes/metrics.
 */
export async function readFeatureGate(
  { sender, pathPrefix }: KubeletEndpoint,
  name: string,
  options: CallOptions,
): Promise<FeatureGate | undefined> {
  return findFeatureGate(await getText(sender, `${pathPrefix}/metrics`, { ...options, maxBodyLength }), name)
}

/** @param metrics In the text format of Prometheus: `kubernetes_feature_enabled{name="X",stage="BETA"} 1`. */
export function findFeatureGate(metrics: string, name: string): FeatureGate | undefined {
  const pattern = /^kubernetes_feature_enabled\{name="([^"]*)",stage="([^"]*)"\} ([01])$/gm
  for (const [, gate, stage = '', value] of metrics.matchAll(pattern)) {
    if (gate === name) return { enabled: value === '1', stage }
  }
  return undefined
}
