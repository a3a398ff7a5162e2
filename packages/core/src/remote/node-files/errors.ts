import { CheckpointError } from '../../errors.ts'

export type NodeFilesErrorCode =
  /** The reader's image lacks a tool that its script needs. */
  | 'READER_IMAGE_UNSUITABLE'
  /** The reader answered outside its protocol. */
  | 'READER_ANSWER_INVALID'
  | 'NODE_FILE_NOT_FOUND'
  | 'NODE_FILE_NAME_INVALID'
  /** What was to be changed isn't named as the kubelet names archives, or is no regular file. */
  | 'NODE_FILE_NOT_ARCHIVE'
  /** The node's file system refused a change. */
  | 'NODE_FILE_NOT_CHANGED'
  /** Somebody wants the archive kept. */
  | 'NODE_FILE_PINNED'

export class NodeFilesError extends CheckpointError<NodeFilesErrorCode> {}
