import { CheckpointError, type CheckpointErrorOptions } from '../../errors.ts'

export type KubeletErrorCode =
  /** The kubelet has no checkpoint endpoint: the feature gate or its debugging handlers are off. */
  | 'ENDPOINT_OFF'
  | 'POD_NOT_ON_NODE'
  | 'CONTAINER_NOT_IN_POD'
  | 'TIMEOUT_REJECTED'
  | 'NODE_NOT_FOUND'
  /** 401 of the API server. */
  | 'API_UNAUTHORIZED'
  /** 403 of the API server: the user may not use the node's proxy. */
  | 'PROXY_FORBIDDEN'
  /** 401 of the kubelet to the user, asked directly. */
  | 'KUBELET_UNAUTHORIZED'
  /** 403 of the kubelet to the user, asked directly. */
  | 'KUBELET_FORBIDDEN'
  /** 401 of the kubelet to the API server. */
  | 'API_SERVER_UNAUTHORIZED'
  /** 403 of the kubelet to the API server. */
  | 'API_SERVER_FORBIDDEN'
  /** The kubelet could not find out whether the call is allowed. */
  | 'KUBELET_AUTHORIZATION_FAILED'
  /** The node's status has no address to ask the kubelet at. */
  | 'KUBELET_ADDRESS_UNKNOWN'
  /** The API server did not get through to the kubelet. */
  | 'KUBELET_UNREACHABLE'
  /** The call was cut on its way: the node may have made the archive all the same. */
  | 'CALL_INTERRUPTED'
  | 'RUNTIME_TOO_OLD'
  | 'CHECKPOINT_SUPPORT_OFF'
  | 'CRIU_MISSING'
  | 'CRIU_TOO_OLD'
  | 'CONTAINER_NOT_RUNNING'
  /** CRIU gave up. Why, is in its log on the node. */
  | 'CRIU_REFUSED'
  | 'CHECKPOINT_TIMED_OUT'
  | 'NODE_DISK_FULL'
  /** Anything else; the message quotes the answer. */
  | 'CHECKPOINT_FAILED'
  /** Success without a usable path, or a kubelet that doesn't know the call in this form. */
  | 'UNEXPECTED_ANSWER'

export interface KubeletErrorOptions extends CheckpointErrorOptions {
  readonly logPath?: string | undefined
}

export class KubeletError extends CheckpointError<KubeletErrorCode> {
  /** With CRIU_REFUSED: where CRIU's log is on the node, if the answer says so. An absolute path without `..`. */
  readonly logPath: string | undefined

  constructor(code: KubeletErrorCode, message: string, options: KubeletErrorOptions = {}) {
    super(code, message, options)
    this.logPath = options.logPath
  }
}
