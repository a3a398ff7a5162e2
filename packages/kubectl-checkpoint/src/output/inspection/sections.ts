import { cgroupsSection } from './cgroups.ts'
import { environmentSection } from './environment.ts'
import { findingsSection } from './findings.ts'
import { logSection } from './log.ts'
import { memorySection } from './memory.ts'
import { mountsSection } from './mounts.ts'
import { namespacesSection } from './namespaces.ts'
import { openFilesSection } from './open-files.ts'
import { processesSection } from './processes.ts'
import type { SectionView } from './section-view.ts'
import { socketsSection } from './sockets.ts'
import { specSection } from './spec.ts'
import { statsSection } from './stats.ts'
import { threadsSection } from './threads.ts'

/** The parts of an inspection that can be shown alone, by the flags that ask for them, in the order they are shown. */
export const sectionViews = {
  processes: processesSection,
  threads: threadsSection,
  env: environmentSection,
  files: openFilesSection,
  sockets: socketsSection,
  memory: memorySection,
  mounts: mountsSection,
  namespaces: namespacesSection,
  cgroups: cgroupsSection,
  spec: specSection,
  log: logSection,
  stats: statsSection,
  findings: findingsSection,
} satisfies Readonly<Record<string, SectionView>>

export type ShownSection = keyof typeof sectionViews
