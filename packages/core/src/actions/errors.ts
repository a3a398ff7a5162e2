import { CheckpointError } from '../errors.ts'

export type ActionErrorCode =
  /** The bytes that arrived are not those on the node. */
  | 'DIGEST_MISMATCH'
  /** The text names neither a local file, nor NODE:FILE, nor a target. */
  | 'ARCHIVE_REFERENCE_INVALID'
  /** The container has no archive on its node. */
  | 'NO_ARCHIVE'
  /** The node's own status says that no pod would start there. */
  | 'NODE_NOT_READY'
  /** An action on one archive was given a target of several containers. */
  | 'SEVERAL_ARCHIVES'
  /** The archive has no process of this PID. */
  | 'NO_SUCH_PROCESS'
  /** The archive has no file of this path. */
  | 'FILE_NOT_IN_ARCHIVE'
  /** The archive has no image of CRIU's of this name. */
  | 'IMAGE_NOT_IN_ARCHIVE'
  /** What was named is in the archive, but isn't a file with a content. */
  | 'NO_CONTENT'
  /** The checkpoint is not taken yet. */
  | 'ARCHIVE_BEING_WRITTEN'
  /** What is to be deleted is said not at all, or in two ways. */
  | 'CHOICE_UNCLEAR'
  /** A program keeps the archive for somebody. */
  | 'PIN_MANAGED'
  /** Too long, or to be mistaken for what a program writes. */
  | 'PIN_NOTE_INVALID'
  /** Neither a registry nor a file nor a folder for an image. */
  | 'IMAGE_TARGET_INVALID'
  /** No engine could restore an image of the archive. */
  | 'NOT_RESTORABLE'
  /** A registry that lets everybody in was not meant to. */
  | 'REGISTRY_OPEN'
  /** What stands in the way of a restore is known before. */
  | 'RESTORE_BLOCKED'
  /** The new pod did not become ready. */
  | 'RESTORE_FAILED'
  /** What keeps a pod from being moved is known before. */
  | 'MIGRATION_BLOCKED'
  /** The new pod was ready, but could not take the old one's place. */
  | 'SWITCH_FAILED'
  /** The user stopped the command before this was done. */
  | 'CANCELLED'
  /** Something the core did not throw on purpose. */
  | 'INTERNAL'

export class ActionError extends CheckpointError<ActionErrorCode> {}

/** @param archive As users name it. */
export const beingWritten = (archive: string): ActionError =>
  new ActionError('ARCHIVE_BEING_WRITTEN', `${archive} is still being written`, {
    hint: 'Wait until the checkpoint is taken.',
  })
