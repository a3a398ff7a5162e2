import type { z } from 'zod'
import type { archiveEvent, nodeArchive } from './archives.ts'
import type { appearedArchive, checkpointList, failedCheckpoint } from './checkpoints.ts'
import type {
  aspect,
  comparedProcess,
  difference,
  fileDifference,
  fileState,
  mappingPages,
  memoryDifference,
  processDifference,
  valueChange,
} from './difference.ts'
import type { check, checkStatus, doctorReport } from './doctor.ts'
import type { extraction, file, fileList } from './files.ts'
import type { builtImage, pulledArchive } from './image.ts'
import type { inspection } from './inspection.ts'
import type { migration, migrationPlan, movedPod, plannedMove } from './migration.ts'
import type { archive, container, failure, finding, severity, sizes, unreadable } from './parts.ts'
import type {
  capabilities,
  fileLock,
  mapping,
  memory,
  openFile,
  process,
  seccompFilter,
  socket,
  thread,
} from './process.ts'
import type { refusal, refusalList, searchedContainer } from './refusals.ts'
import type { restoredPod, restorePlan, restoreRemark } from './restore.ts'
import type {
  keepReason,
  keptArchive,
  pinChange,
  pinChangeList,
  plannedRemoval,
  removal,
  removalPlan,
  removalReason,
} from './retention.ts'
import type {
  cgroup,
  ipcNamespace,
  log,
  logLine,
  mount,
  namespaces,
  netNamespace,
  networkInterface,
  resourceLimits,
  spec,
  specMount,
  stats,
} from './system.ts'

export type { Section } from './section.ts'

// Types alone: front ends and actions use them without loading zod.
export type NodeArchive = z.output<typeof nodeArchive>
/** What became of an archive on a node. */
export type ArchiveChange = Pick<z.output<typeof archiveEvent>, 'type' | 'archive'>
export type BuiltImageDocument = z.output<typeof builtImage>
export type PulledArchiveDocument = z.output<typeof pulledArchive>
export type Migration = z.output<typeof migration>
export type MigrationPlan = z.output<typeof migrationPlan>
export type MovedPod = z.output<typeof movedPod>
export type PlannedMove = z.output<typeof plannedMove>
export type RestorePlan = z.output<typeof restorePlan>
export type RestoreRemark = z.output<typeof restoreRemark>
export type RestoredPod = z.output<typeof restoredPod>
export type Inspection = z.output<typeof inspection>
export type ArchiveSummary = z.output<typeof archive>
export type ContainerSummary = z.output<typeof container>
export type SizeSummary = z.output<typeof sizes>
export type Finding = z.output<typeof finding>
export type Severity = z.output<typeof severity>
export type Unreadable = z.output<typeof unreadable>
export type ProcessDocument = z.output<typeof process>
export type ThreadDocument = z.output<typeof thread>
export type CapabilitiesDocument = z.output<typeof capabilities>
export type SeccompFilterDocument = z.output<typeof seccompFilter>
export type OpenFileDocument = z.output<typeof openFile>
export type FileLockDocument = z.output<typeof fileLock>
export type SocketDocument = z.output<typeof socket>
export type MemoryDocument = z.output<typeof memory>
export type MappingDocument = z.output<typeof mapping>
export type MountDocument = z.output<typeof mount>
export type NamespacesDocument = z.output<typeof namespaces>
export type IpcNamespaceDocument = z.output<typeof ipcNamespace>
export type NetNamespaceDocument = z.output<typeof netNamespace>
export type NetworkInterfaceDocument = z.output<typeof networkInterface>
export type CgroupDocument = z.output<typeof cgroup>
export type SpecDocument = z.output<typeof spec>
export type SpecMountDocument = z.output<typeof specMount>
export type ResourceLimitsDocument = z.output<typeof resourceLimits>
export type LogDocument = z.output<typeof log>
export type LogLineDocument = z.output<typeof logLine>
export type StatsDocument = z.output<typeof stats>
export type Difference = z.output<typeof difference>
export type ComparedAspect = z.output<typeof aspect>
export type ValueChange = z.output<typeof valueChange>
export type ComparedProcess = z.output<typeof comparedProcess>
export type ProcessDifference = z.output<typeof processDifference>
export type MemoryDifference = z.output<typeof memoryDifference>
export type MappingPages = z.output<typeof mappingPages>
export type FileState = z.output<typeof fileState>
export type FileDifference = z.output<typeof fileDifference>
export type FileDocument = z.output<typeof file>
export type FileList = z.output<typeof fileList>
export type FileExtraction = z.output<typeof extraction>
export type AppearedArchive = z.output<typeof appearedArchive>
export type CheckpointList = z.output<typeof checkpointList>
export type FailureDocument = z.output<typeof failure>
export type FailedCheckpoint = z.output<typeof failedCheckpoint>
export type CheckStatus = z.output<typeof checkStatus>
export type CheckDocument = z.output<typeof check>
export type DoctorReport = z.output<typeof doctorReport>
export type RemovalReason = z.output<typeof removalReason>
export type KeepReason = z.output<typeof keepReason>
export type PlannedRemoval = z.output<typeof plannedRemoval>
export type KeptArchive = z.output<typeof keptArchive>
export type PinChange = z.output<typeof pinChange>
export type RefusalList = z.output<typeof refusalList>
export type RefusalDocument = z.output<typeof refusal>
export type SearchedContainer = z.output<typeof searchedContainer>
export type RemovalPlan = z.output<typeof removalPlan>
export type Removal = z.output<typeof removal>
export type PinChangeList = z.output<typeof pinChangeList>
