import type { Check } from '../../check.ts'
import type { ContainerFacts } from '../../container-facts.ts'
import { deletedFiles } from './deleted-files.ts'
import { devices } from './devices.ts'
import { fileLocks } from './file-locks.ts'
import { gpus } from './gpus.ts'
import { hostNamespaces } from './host-namespaces.ts'
import { hugePages } from './huge-pages.ts'
import { kernelObjects } from './kernel-objects.ts'
import { memory } from './memory.ts'
import { nestedNamespaces } from './nested-namespaces.ts'
import { running } from './running.ts'
import { stoppedProcesses } from './stopped-processes.ts'
import { tcpConnections } from './tcp-connections.ts'
import { tracers } from './tracers.ts'
import { waitingClients } from './waiting-clients.ts'

/** Of a container that runs, in the order in which they are shown. */
export const containerChecks: readonly Check<ContainerFacts>[] = [
  running,
  memory,
  tcpConnections,
  waitingClients,
  devices,
  gpus,
  kernelObjects,
  fileLocks,
  deletedFiles,
  tracers,
  stoppedProcesses,
  nestedNamespaces,
  hostNamespaces,
  hugePages,
]

/** Of any other there is nothing else to look at. */
export const idleContainerChecks: readonly Check<ContainerFacts>[] = [running]
