import { CheckpointError } from '../../errors.ts'

export type NodePodErrorCode =
  /** The namespace's PodSecurity level admits no pod that sees its node. */
  | 'READER_NOT_ADMITTED'
  /** The pod did not reach Running: image, mount, node. */
  | 'READER_NOT_STARTED'

export class NodePodError extends CheckpointError<NodePodErrorCode> {}
