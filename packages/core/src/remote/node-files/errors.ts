import { CheckpointError } from '../../errors.ts'

export type NodeFilesErrorCode =
  /** The reader's image lacks a tool that its script needs. */
  | 'READER_IMAGE_UNSUITABLE'
  /** The reader answered outside its protocol. */
  | 'READER_ANSWER_INVALID'
  | 'NODE_FILE_NOT_FOUND'
  | 'NODE_FILE_NAME_INVALID'

export class NodeFilesError extends CheckpointError<NodeFilesErrorCode> {}
