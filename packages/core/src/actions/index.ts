export type { ArchiveSelection } from './archives/archive-selection.ts'
export type { GatheredArchives } from './archives/gather-archives.ts'
export { listArchives } from './archives/list-archives.ts'
export { type WatchEvent, watchArchives } from './archives/watch-archives.ts'
export { buildRoles, type RoleManifest, type RolesRequest } from './build-roles.ts'
export type { FoundOnNode } from './capture/archive-search.ts'
export {
  type CapturedCheckpoint,
  type CaptureFailure,
  type CaptureRequest,
  type CaptureResult,
  capture,
  type PodSpread,
} from './capture/capture.ts'
export { containerItem } from './container-item.ts'
export type { ActionOptions, Context, NodeSettings } from './context.ts'
export { type DiffRequest, diff } from './diff/diff.ts'
export { type DoctorRequest, doctor, type Examination } from './doctor/doctor.ts'
export type { ArchiveTransfer, LocalArchive } from './download.ts'
export { ActionError, type ActionErrorCode } from './errors.ts'
export type { ActionEvent, Notice, Phase } from './events.ts'
export { type FetchedArchive, type FetchRequest, type FetchResult, fetchArchives } from './fetch.ts'
export { type ExtractFilesRequest, extractFiles } from './files/extract-files.ts'
export { type FindFilesRequest, findFiles } from './files/find-files.ts'
export { type ListFilesRequest, listFiles } from './files/list-files.ts'
export type { FilesRequest } from './files/open-files.ts'
export { type ReadFileRequest, type ReadFileResult, readFile } from './files/read-file.ts'
export { type BuildRequest, build } from './image/build.ts'
export { type PullRequest, pull } from './image/pull.ts'
export { type InspectRequest, type InspectResult, inspect } from './inspect/inspect.ts'
export type { ItemFailure } from './item-failure.ts'
export {
  applyMigration,
  type MigrateRequest,
  type MigrationResult,
  type MoveRequest,
  planMigration,
} from './migrate/migrate.ts'
export {
  type RawImage,
  type ReadRawImagesRequest,
  type ReadRawImagesResult,
  readRawImages,
} from './read-raw-images.ts'
export {
  type ApplyRequest,
  applyRestore,
  checkRestore,
  planRestore,
  type RestoreRequest,
} from './restore/restore.ts'
export {
  keepArchives,
  type PinChanges,
  type PinRequest,
  unkeepArchives,
} from './retention/keep-archives.ts'
export { type DeletionRequest, type PlannedRemovals, planDeletion } from './retention/plan-deletion.ts'
export type { PruneGroup, PrunePolicy } from './retention/plan-prune.ts'
export { planPruning } from './retention/plan-pruning.ts'
export { type Removals, removeArchives } from './retention/remove-archives.ts'
export type { Run } from './run.ts'
export { type WhyRequest, why } from './why/why.ts'
