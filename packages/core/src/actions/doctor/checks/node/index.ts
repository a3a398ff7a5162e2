import type { Check } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { checkpointEndpoint } from './checkpoint-endpoint.ts'
import { kubeletAccess } from './kubelet-access.ts'
import { kubeletAuthorization } from './kubelet-authorization.ts'
import { kubeletVersion } from './kubelet-version.ts'
import { nodeReady } from './node-ready.ts'
import { runtimeVersion } from './runtime-version.ts'

/** In the order in which they are shown. */
export const nodeChecks: readonly Check<NodeFacts>[] = [
  nodeReady,
  kubeletVersion,
  kubeletAccess,
  kubeletAuthorization,
  checkpointEndpoint,
  runtimeVersion,
]
