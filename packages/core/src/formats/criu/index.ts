export { type CritEntry, type CritOptions, readCritEntries } from './crit-entries.ts'
export type { Entry, Payload } from './entries.ts'
export { CriuError, type CriuErrorCode } from './errors.ts'
export { type ImageIdentity, identifyImage } from './identify-image.ts'
export type { ImageType } from './image-type.ts'
export {
  type CgroupFolder,
  type CgroupHierarchy,
  type CgroupPlace,
  type Cgroups,
  cgroupsImage,
} from './images/cgroups.ts'
export { type Core, coreImage } from './images/core.ts'
export type { Credentials } from './images/credentials.ts'
export { type Descriptor, descriptorsImage } from './images/descriptors.ts'
export { type DumpStatistics, dumpStatisticsImage } from './images/dump-statistics.ts'
export type { EpollTarget, FileContent, FileEntry, Watch } from './images/file-entry.ts'
export { type FileLock, fileLocksImage } from './images/file-locks.ts'
export { fileSystemImage, type TaskFileSystem } from './images/file-system.ts'
export { filesImage } from './images/files.ts'
export {
  type GhostFile,
  type GhostPiece,
  readGhostFile,
  readGhostPieces,
} from './images/ghost-file.ts'
export { type Inventory, inventoryImage } from './images/inventory.ts'
export type { IpcObject } from './images/ipc-object.ts'
export { type IpcSettings, ipcSettingsImage } from './images/ipc-settings.ts'
export { type Memfd, memfdsImage } from './images/memfds.ts'
export { type IpcMessage, type MessageQueue, messageQueuesImage } from './images/message-queues.ts'
export {
  type AddressRange,
  type AsyncIoRing,
  type Mapping,
  type MappingKind,
  type Mm,
  mmImage,
} from './images/mm.ts'
export { type Mount, mountsImage } from './images/mounts.ts'
export { type NetworkDevice, networkDevicesImage } from './images/network-devices.ts'
export { type NetworkNamespace, networkNamespaceImage } from './images/network-namespace.ts'
export { type NamespaceName, type ObjectIds, objectIdsImage } from './images/object-ids.ts'
export { type PageMap, type PageRun, pageMapImage } from './images/page-map.ts'
export { type PidNamespace, pidNamespaceImage } from './images/pid-namespace.ts'
export { fifoDataImage, type PipeData, pipeDataImage } from './images/pipe-data.ts'
export { type PstreeEntry, pstreeImage } from './images/pstree.ts'
export { type Remap, remapImage } from './images/remaps.ts'
export { type SeccompFilter, seccompImage } from './images/seccomp.ts'
export { type SemaphoreSet, semaphoreSetsImage } from './images/semaphore-sets.ts'
export { type SharedMemorySegment, sharedMemorySegmentsImage } from './images/shared-memory-segments.ts'
export type {
  Endpoint,
  InetSocket,
  NetlinkSocket,
  PacketSocket,
  SocketFile,
  SocketState,
  SocketType,
  UnixSocket,
} from './images/socket-file.ts'
export { type QueuedMessage, socketQueuesImage } from './images/socket-queues.ts'
export type { ResourceLimit, Task, TaskState, Timer } from './images/task.ts'
export { type TcpStream, tcpStreamImage } from './images/tcp-stream.ts'
export {
  type Terminal,
  type TerminalInput,
  terminalInputImage,
  terminalsImage,
} from './images/terminals.ts'
export type { Scheduling, Thread } from './images/thread.ts'
export { type TimeNamespace, timeNamespaceImage } from './images/time-namespace.ts'
export { type IdRange, type UserNamespace, userNamespaceImage } from './images/user-namespace.ts'
export { type UtsNamespace, utsNamespaceImage } from './images/uts-namespace.ts'
export { type InterfaceAddress, parseInterfaceAddresses } from './netlink/interface-addresses.ts'
export { parseRoutes } from './netlink/routes.ts'
export { parseRules } from './netlink/rules.ts'
export { findRawImage } from './raw-images.ts'
export { type ImageKind, readImage } from './read-image.ts'
export { readImageType } from './read-image-type.ts'
export type { JsonValue } from './schema/index.ts'
