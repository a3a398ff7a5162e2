import { z } from 'zod'
import { address, apiVersion, archive, byteCount, container, list, time, unreadable } from './parts.ts'
import { mapping, openFile, socket } from './process.ts'
import { mount } from './system.ts'

/** Something that is on one side alone, or another on each. */
const change = <Value extends z.ZodType>(value: Value) =>
  z.object({
    name: z.string().describe('What it goes by on both sides.'),
    a: value.optional().describe('Absent if it is in b alone.'),
    b: value.optional().describe('Absent if it is in a alone.'),
  })

export const valueChange = change(z.unknown())

export const comparedProcess = z.object({
  pid: z.int(),
  ppid: z.int(),
  comm: z.string(),
  exe: z.string().optional(),
  args: list(z.string()).optional(),
})

const pageCounts = {
  equalPages: z.int().min(0),
  changedPages: z.int().min(0),
  onlyInA: z.int().min(0).describe('Pages that the other archive does not hold.'),
  onlyInB: z.int().min(0),
}

export const mappingPages = z.object({
  path: z.string().optional(),
  permissions: z.string().describe('Of a.'),
  startInA: address,
  startInB: address,
  ...pageCounts,
})

export const memoryDifference = z.object({
  pageSizeBytes: byteCount,
  ...pageCounts,
  mappings: list(mappingPages).describe('Those with pages that differ.'),
})

export const processDifference = z.object({
  a: comparedProcess.optional().describe('Absent if the process is in b alone.'),
  b: comparedProcess.optional().describe('Absent if the process is in a alone.'),
  matchedBy: z
    .enum(['pid', 'place', 'program'])
    .optional()
    .describe(
      'Why they are taken for one: the same PID in the same container, the place in the tree of processes, or executable and arguments alone.',
    ),
  values: list(valueChange).describe('Of properties of the process itself, by their names in an inspection.'),
  env: list(change(z.string())),
  descriptors: list(change(openFile)).describe('By number; sockets have a list of their own.'),
  sockets: list(change(socket)).describe('By the number of their descriptor.'),
  mappings: list(change(mapping)),
  memory: memoryDifference.optional().describe('Present where pages differ.'),
})

export const fileState = z.object({
  type: z.string().describe('file, directory, symlink …; unknown of deleted ones.'),
  deleted: z.boolean(),
  mode: z.string().optional().describe('In octal.'),
  uid: z.int().optional(),
  gid: z.int().optional(),
  sizeBytes: byteCount.optional().describe('Absent for folders.'),
  modifiedAt: time.optional().describe('Absent for folders, too.'),
  linkTarget: z.string().optional(),
})

export const fileDifference = z.object({
  path: z.string(),
  a: fileState.optional().describe('Absent if only b has it, that is if in a it is as in the image.'),
  b: fileState.optional(),
  contentDiffers: z
    .boolean()
    .optional()
    .describe('Whether their bytes differ, if both have any; absent if they were not compared.'),
  patch: z
    .string()
    .optional()
    .describe('From a to b as `diff -u` writes it, if both are text and not too long.'),
})

const side = z.object({ archive, container: container.optional() })

export const aspect = z.enum([
  'container',
  'processes',
  'env',
  'descriptors',
  'sockets',
  'mappings',
  'memory',
  'mounts',
  'namespaces',
  'files',
])

/** What `diff` prints. Lists hold what differs alone. */
export const difference = z.object({
  apiVersion,
  kind: z.literal('Difference'),
  equal: z.boolean().describe('Whether nothing that was compared differs.'),
  a: side,
  b: side,
  sameContainer: z
    .boolean()
    .describe(
      'One container at two times; else what differs between any two, such as inodes, is not compared.',
    ),
  compared: list(aspect),
  contents: z
    .boolean()
    .describe('Whether the contents of memory and files were compared, not only their descriptions.'),
  container: list(valueChange).describe('How it was to be run, by names in an inspection.'),
  processes: list(processDifference),
  mounts: list(change(mount)).describe('By mount point.'),
  namespaces: list(valueChange).describe('By names in an inspection.'),
  files: list(fileDifference),
  unreadable: list(
    unreadable.extend({
      side: z
        .enum(['a', 'b'])
        .optional()
        .describe('Absent where both were read together: the message says which.'),
    }),
  ).describe('What could not be compared therefore.'),
})
