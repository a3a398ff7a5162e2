import type { Check } from '../../check.ts'
import type { ContainerFacts } from '../../container-facts.ts'
import { deletedFiles, devices, fileLocks, kernelObjects } from './open-files.ts'
import { nestedNamespaces, tracers } from './processes.ts'
import { tcpConnections, waitingClients } from './tcp-connections.ts'

/** In the order in which they are shown. */
export const containerChecks: readonly Check<ContainerFacts>[] = [
  tcpConnections,
  waitingClients,
  devices,
  kernelObjects,
  fileLocks,
  deletedFiles,
  tracers,
  nestedNamespaces,
]
