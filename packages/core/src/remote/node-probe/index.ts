export { catchRestoreLog, type RestoreLogSight } from './catch-restore-log.ts'
export { NodeProbeError, type NodeProbeErrorCode } from './errors.ts'
export type { Inquiry, Sections } from './inquiry.ts'
export {
  type ContainerSight,
  lookAtContainer,
  type OpenFileSight,
  type TcpSocketSight,
} from './look-at-container.ts'
export {
  type ArchiveFolderSight,
  type CriuSight,
  type FileLine,
  lookAtNode,
  type NodeSight,
  type NodeSightRequest,
  type RuntimeSight,
} from './look-at-node.ts'
export { createNodeProbes, type NodeProbes, type NodeProbesOptions } from './node-probes.ts'
