export { TargetError, type TargetErrorCode } from './errors.ts'
export { collectionPath, type WorkloadKind } from './kinds.ts'
export { listPods, listPodsByLabels } from './list-pods.ts'
export type { TargetNotice } from './notices.ts'
export { parseTarget, type Target } from './parse-target.ts'
export type { TargetContainer } from './pick-containers.ts'
export {
  type ResolvedTargets,
  type ResolveOptions,
  resolveTargets,
  type TargetRequest,
} from './resolve-targets.ts'
