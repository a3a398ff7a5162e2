import type { ActionErrorCode } from '@kubectl-checkpoint/core/actions'
import type { ByteSourceErrorCode } from '@kubectl-checkpoint/core/bytes'
import type { ArchiveErrorCode } from '@kubectl-checkpoint/core/checkpoint/archive'
import type { FilesystemErrorCode } from '@kubectl-checkpoint/core/checkpoint/filesystem'
import type { ProcessErrorCode } from '@kubectl-checkpoint/core/checkpoint/process'
import type { ConfigurationErrorCode } from '@kubectl-checkpoint/core/configuration'
import { CheckpointError } from '@kubectl-checkpoint/core/errors'
import type { CriuErrorCode } from '@kubectl-checkpoint/core/formats/criu'
import type { OciErrorCode } from '@kubectl-checkpoint/core/formats/oci'
import type { TarErrorCode } from '@kubectl-checkpoint/core/formats/tar'
import type { ClusterErrorCode } from '@kubectl-checkpoint/core/remote/cluster'
import type { KubeletErrorCode } from '@kubectl-checkpoint/core/remote/kubelet'
import type { NodeFilesErrorCode } from '@kubectl-checkpoint/core/remote/node-files'
import type { NodePodErrorCode } from '@kubectl-checkpoint/core/remote/node-pods'
import type { NodeProbeErrorCode } from '@kubectl-checkpoint/core/remote/node-probe'
import type { RbacErrorCode } from '@kubectl-checkpoint/core/remote/rbac'
import type { RegistryErrorCode } from '@kubectl-checkpoint/core/remote/registry'
import type { TargetErrorCode } from '@kubectl-checkpoint/core/remote/targets'
import { Interruption } from './interruption.ts'
import type { UsageError } from './usage-error.ts'

/** What each exit code tells a script. */
export const exitCodeMeanings = {
  0: 'done',
  1: 'failed in another way; `diff`: something differs',
  2: 'the command line or a target was not understood',
  3: 'partly done: some items failed, or parts of an archive could not be read',
  4: 'not found',
  5: 'not allowed: credentials, RBAC or PodSecurity',
  6: 'the node is not ready for checkpoints',
  7: 'CRIU refused the checkpoint, or there was no restore',
  8: 'the connection failed',
  9: 'an archive or a local file is damaged or unusable',
  129: 'the terminal was closed',
  130: 'interrupted by Ctrl-C',
  143: 'terminated',
} as const

export type ExitCode = keyof typeof exitCodeMeanings

export type ErrorCode =
  | UsageError['code']
  | ActionErrorCode
  | ByteSourceErrorCode
  | ArchiveErrorCode
  | ClusterErrorCode
  | ConfigurationErrorCode
  | CriuErrorCode
  | FilesystemErrorCode
  | KubeletErrorCode
  | NodeFilesErrorCode
  | NodePodErrorCode
  | NodeProbeErrorCode
  | OciErrorCode
  | ProcessErrorCode
  | RbacErrorCode
  | RegistryErrorCode
  | TarErrorCode
  | TargetErrorCode

/** The exit code for each error there can be; the compiler asks for those of a new one. */
export const exitCodes: Readonly<Record<ErrorCode, ExitCode>> = {
  USAGE: 2,

  ARCHIVE_BEING_WRITTEN: 1,
  ARCHIVE_REFERENCE_INVALID: 2,
  CANCELLED: 1,
  CHOICE_UNCLEAR: 2,
  DIGEST_MISMATCH: 9,
  FILE_NOT_IN_ARCHIVE: 4,
  IMAGE_NOT_IN_ARCHIVE: 4,
  IMAGE_TARGET_INVALID: 2,
  INTERNAL: 1,
  NODE_NOT_READY: 8,
  NOT_RESTORABLE: 9,
  NO_ARCHIVE: 4,
  NO_CONTENT: 2,
  NO_SUCH_PROCESS: 4,
  PIN_MANAGED: 1,
  PIN_NOTE_INVALID: 2,
  REGISTRY_OPEN: 5,
  MIGRATION_BLOCKED: 7,
  SWITCH_FAILED: 7,
  RESTORE_BLOCKED: 7,
  RESTORE_FAILED: 7,
  SEVERAL_ARCHIVES: 2,

  CHANGED: 9,
  COMPRESSED_DAMAGED: 9,
  COMPRESSED_TRUNCATED: 9,
  DISK_FULL: 9,
  FILE_EXISTS: 9,
  FILE_NOT_FOUND: 4,
  FILE_NOT_READABLE: 9,
  FILE_NOT_WRITABLE: 9,
  FOLDER_TOO_LARGE: 9,
  INFLATED_TOO_LARGE: 9,
  OUT_OF_RANGE: 9,
  TRAILING_BYTES: 9,
  TRUNCATED: 9,

  BAD_CHECKSUM: 9,
  BAD_HEADER: 9,
  BAD_PAX: 9,
  NOT_TAR: 9,
  SPARSE_UNSUPPORTED: 9,
  TAR_LIMIT: 9,
  TAR_TRUNCATED: 9,

  BAD_MAGIC: 9,
  BAD_MESSAGE: 9,
  BAD_PAGE_MAP: 9,
  IMAGE_TOO_LARGE: 9,
  IMAGE_TRUNCATED: 9,
  PAGES_UNSUPPORTED: 9,
  UNKNOWN_IMAGE: 9,

  BAD_IMAGE: 9,
  BLOB_MISMATCH: 9,
  BLOB_MISSING: 9,
  IMAGE_AMBIGUOUS: 2,
  NOT_A_CHECKPOINT_IMAGE: 9,

  IMAGE_NOT_FOUND: 4,
  IMAGE_REFERENCE_INVALID: 2,
  RANGE_UNSUPPORTED: 1,
  REGISTRY_CREDENTIALS_FAILED: 5,
  REGISTRY_FAILED: 1,
  REGISTRY_FORBIDDEN: 5,

  ARCHIVE_COMPRESSED: 9,
  BAD_METADATA: 9,
  ENTRY_MISSING: 9,
  NOT_A_CHECKPOINT: 9,

  BAD_COMPRESSION: 9,
  BAD_DELETED_FILES: 9,
  BAD_FILE_CONTENT: 9,
  BAD_FILE_NAME: 9,
  BROKEN_HARD_LINK: 9,
  NOT_A_FOLDER: 9,
  TOO_MANY_FILES: 9,

  BAD_ADDRESS: 9,
  BAD_PROCESS_TREE: 9,
  PAGES_MISMATCH: 9,

  CONFIGURATION_INVALID: 2,

  API_FAILED: 1,
  CONNECTION_LOST: 8,
  CONTEXT_NOT_FOUND: 4,
  CREDENTIALS_FAILED: 5,
  EXEC_LOST: 8,
  EXEC_REFUSED: 1,
  FORBIDDEN: 5,
  IMPERSONATION_UNSUPPORTED: 2,
  KUBECONFIG_INVALID: 2,
  KUBECONFIG_NOT_FOUND: 4,
  OBJECT_NOT_FOUND: 4,
  PROXY_INVALID: 2,
  REQUEST_TIMED_OUT: 8,
  TLS_UNTRUSTED: 8,
  UNAUTHORIZED: 5,
  UNREACHABLE: 8,

  API_SERVER_FORBIDDEN: 5,
  API_SERVER_UNAUTHORIZED: 5,
  API_UNAUTHORIZED: 5,
  CALL_INTERRUPTED: 8,
  CHECKPOINT_FAILED: 1,
  CHECKPOINT_SUPPORT_OFF: 6,
  CHECKPOINT_TIMED_OUT: 1,
  CONTAINER_NOT_IN_POD: 4,
  CONTAINER_NOT_RUNNING: 1,
  CRIU_MISSING: 6,
  CRIU_REFUSED: 7,
  CRIU_TOO_OLD: 6,
  ENDPOINT_OFF: 6,
  KUBELET_ADDRESS_UNKNOWN: 8,
  KUBELET_AUTHORIZATION_FAILED: 5,
  KUBELET_FORBIDDEN: 5,
  KUBELET_UNAUTHORIZED: 5,
  KUBELET_UNREACHABLE: 8,
  NODE_DISK_FULL: 6,
  NODE_NOT_FOUND: 4,
  POD_NOT_ON_NODE: 4,
  PROXY_FORBIDDEN: 5,
  RUNTIME_TOO_OLD: 6,
  TIMEOUT_REJECTED: 2,
  UNEXPECTED_ANSWER: 1,

  NODE_FILE_NAME_INVALID: 2,
  NODE_FILE_NOT_ARCHIVE: 2,
  NODE_FILE_NOT_CHANGED: 1,
  NODE_FILE_NOT_FOUND: 4,
  NODE_FILE_PINNED: 1,
  READER_ANSWER_INVALID: 1,
  READER_IMAGE_UNSUITABLE: 1,

  PROBE_FAILED: 1,

  READER_NOT_ADMITTED: 5,
  READER_NOT_STARTED: 1,

  ROLE_UNKNOWN: 2,
  SUBJECT_INVALID: 2,

  CONTAINER_NOT_FOUND: 4,
  CONTAINER_TERMINATED: 1,
  CONTAINER_WAITING: 1,
  NODE_IS_WINDOWS: 6,
  NO_MATCH: 4,
  POD_ENDED: 1,
  POD_NOT_SCHEDULED: 1,
  TARGET_INVALID: 2,
  TARGET_NOT_FOUND: 4,
}

/** The exit code for what a command threw. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Interruption) return error.exitCode
  return error instanceof CheckpointError ? exitCodes[error.code as ErrorCode] : 1
}

/** The exit code of a command on several items: that of the failures if they agree and nothing succeeded. */
export function exitCodeOfFailures(errors: readonly unknown[], succeeded: number): ExitCode {
  if (errors.length === 0) return 0
  if (succeeded > 0) return 3
  const [code, ...others] = new Set(errors.map(exitCodeOf))
  return code === undefined || others.length > 0 ? 1 : code
}
