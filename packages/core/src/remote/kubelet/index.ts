export {
  type CheckpointQueue,
  type CheckpointQueueOptions,
  createCheckpointQueue,
  type PodCalls,
} from './checkpoint-queue.ts'
export { type ContainerUsage, readUsage } from './container-usage.ts'
export {
  type ContainerAddress,
  checkpointPath,
  type KubeletEndpoint,
  resolveEndpoint,
} from './endpoint.ts'
export { KubeletError, type KubeletErrorCode } from './errors.ts'
export { explainRefusal } from './explain-refusal.ts'
export {
  type FeatureGate,
  findFeatureGate,
  type KubeletConfig,
  readFeatureGate,
  readKubeletConfig,
} from './kubelet-config.ts'
export { type CheckpointOptions, requestCheckpoint } from './request-checkpoint.ts'
export { switchOn } from './switch-on.ts'
export { tryCheckpoint } from './try-checkpoint.ts'
export { warmUp } from './warm-up.ts'
