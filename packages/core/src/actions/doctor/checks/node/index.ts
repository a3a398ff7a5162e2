import type { Check } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { checkpointEndpoint } from './checkpoint-endpoint.ts'
import { clock } from './clock.ts'
import { criu } from './criu.ts'
import { criuOptions } from './criu-options.ts'
import { freeSpace } from './free-space.ts'
import { kernel } from './kernel.ts'
import { kubeletAccess } from './kubelet-access.ts'
import { kubeletAuthorization } from './kubelet-authorization.ts'
import { kubeletVersion } from './kubelet-version.ts'
import { nodeProbe } from './node-probe.ts'
import { nodeReady } from './node-ready.ts'
import { readerPod } from './reader-pod.ts'
import { runtimeCheckpoint } from './runtime-checkpoint.ts'
import { runtimeRestore } from './runtime-restore.ts'
import { runtimeVersion } from './runtime-version.ts'

/** In the order in which a checkpoint depends on them. */
export const nodeChecks: readonly Check<NodeFacts>[] = [
  nodeReady,
  kubeletVersion,
  kubeletAccess,
  kubeletAuthorization,
  checkpointEndpoint,
  runtimeVersion,
  runtimeCheckpoint,
  criu,
  criuOptions,
  kernel,
  freeSpace,
  runtimeRestore,
  clock,
  nodeProbe,
  readerPod,
]
