import { CheckpointError } from '../../errors.ts'

export type ClusterErrorCode =
  | 'KUBECONFIG_NOT_FOUND'
  | 'KUBECONFIG_INVALID'
  | 'CONTEXT_NOT_FOUND'
  /** A proxy is configured, but not by a URL that can be used. */
  | 'PROXY_INVALID'
  | 'CREDENTIALS_FAILED'
  /** There was no connection: nothing can have arrived. */
  | 'UNREACHABLE'
  /** The connection broke, or was closed here, before the answer was complete: the request may have arrived. */
  | 'CONNECTION_LOST'
  | 'TLS_UNTRUSTED'
  /** Before or after the request arrived. */
  | 'REQUEST_TIMED_OUT'
  /** A kubelet, asked directly, would act for the user, not for the one to impersonate. */
  | 'IMPERSONATION_UNSUPPORTED'
  /** 401 of the API server. */
  | 'UNAUTHORIZED'
  /** 403 of the API server on anything but a checkpoint. */
  | 'FORBIDDEN'
  | 'OBJECT_NOT_FOUND'
  /** The API server answered something that isn't expected here. */
  | 'API_FAILED'
  | 'EXEC_REFUSED'
  | 'EXEC_LOST'

export class ClusterError extends CheckpointError<ClusterErrorCode> {}
