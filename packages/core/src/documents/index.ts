import type { z } from 'zod'
import type { inspection } from './inspection.ts'
import type { archive, container, finding, severity, sizes, unreadable } from './parts.ts'
import type { capabilities, mapping, memory, openFile, process, socket, thread } from './process.ts'
import type {
  cgroup,
  log,
  logLine,
  mount,
  namespaces,
  networkInterface,
  resourceLimits,
  spec,
  specMount,
  stats,
} from './system.ts'

export type { Section } from './section.ts'

// Types alone: front ends and actions use them without loading zod.
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
export type OpenFileDocument = z.output<typeof openFile>
export type SocketDocument = z.output<typeof socket>
export type MemoryDocument = z.output<typeof memory>
export type MappingDocument = z.output<typeof mapping>
export type MountDocument = z.output<typeof mount>
export type NamespacesDocument = z.output<typeof namespaces>
export type NetworkInterfaceDocument = z.output<typeof networkInterface>
export type CgroupDocument = z.output<typeof cgroup>
export type SpecDocument = z.output<typeof spec>
export type SpecMountDocument = z.output<typeof specMount>
export type ResourceLimitsDocument = z.output<typeof resourceLimits>
export type LogDocument = z.output<typeof log>
export type LogLineDocument = z.output<typeof logLine>
export type StatsDocument = z.output<typeof stats>
