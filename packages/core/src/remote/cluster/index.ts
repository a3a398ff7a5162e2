export { apiPath } from './api-path.ts'
export type {
  ConnectHints,
  Connection,
  DirectTls,
  ExecRequest,
  ExecSession,
  ExecStatus,
  HttpAnswer,
  HttpRequest,
  HttpSender,
} from './connection.ts'
export { type Denial, findDenial } from './denial.ts'
export { ClusterError, type ClusterErrorCode } from './errors.ts'
export { findProxy } from './find-proxy.ts'
export { connectionLoss } from './network-error.ts'
export type {
  ApiObject,
  Condition,
  Container,
  ContainerState,
  ContainerStatus,
  Event,
  Node,
  NodeInfo,
  ObjectMeta,
  OwnerReference,
  PersistentVolumeClaim,
  Pod,
} from './object-types.ts'
export {
  type CallOptions,
  type CreateOptions,
  createObject,
  type DeleteOptions,
  deleteObject,
  getObject,
  getText,
  type ListOptions,
  listObjects,
  listPages,
  patchObject,
} from './objects.ts'
export { openConnection } from './open-connection.ts'
export { type Endpoint, openSocket } from './open-socket.ts'
export { isOwnPod, ownPodLabels } from './own-pods.ts'
export { parseProxy } from './parse-proxy.ts'
export type { ConnectionOverrides, ConnectionSettings } from './settings.ts'
export { findStatus, type Status } from './status.ts'
