import { z } from 'zod'
import {
  apiVersion,
  archive,
  byteCount,
  container,
  failure,
  finding,
  list,
  sizes,
  unreadable,
} from './parts.ts'
import { process } from './process.ts'
import { cgroup, log, mount, namespaces, spec, stats } from './system.ts'

/** What `inspect` prints. Sections that weren't asked for are absent. */
export const inspection = z.object({
  apiVersion,
  kind: z.literal('Inspection'),
  archive,
  container: container.optional().describe('Absent in a folder of CRIU images alone.'),
  criu: z
    .object({
      imageVersion: z.int(),
      securityModule: z.enum(['none', 'selinux', 'apparmor', 'unknown']),
      architecture: z.string().optional(),
    })
    .optional(),
  sizes,
  processes: list(process).describe('Every parent before its children.'),
  mounts: list(mount).optional(),
  namespaces: namespaces.optional(),
  cgroups: list(cgroup).optional(),
  spec: spec.optional(),
  log: log.optional(),
  stats: stats.optional(),
  findings: list(finding).describe('The gravest first.'),
  unknownImages: list(z.object({ name: z.string(), magic: z.string(), sizeBytes: byteCount })).describe(
    'Images of kinds that this version does not know.',
  ),
  unreadable: list(unreadable),
})

/** What `inspect` prints for several archives. */
export const inspections = z.object({
  apiVersion,
  kind: z.literal('List'),
  items: list(inspection).describe('Of the archives that could be read.'),
  failures: list(failure),
})
