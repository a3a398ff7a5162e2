import { z } from 'zod'
import { apiVersion, byteCount, list, time } from './parts.ts'

/** A checkpoint archive that lies on a node. */
export const nodeArchive = z.object({
  archive: z.string().describe('NODE:FILE or NODE:/folder/FILE, as every command takes it.'),
  node: z.string(),
  path: z.string().describe('Absolute, on the node.'),
  sizeBytes: byteCount,
  modifiedAt: time,
  inode: z.string().describe('Of the file: tells it from one that came in its place.'),
  namespace: z
    .string()
    .optional()
    .describe(
      'This, pod and container: as the name of the file says, or the archive where names leave a doubt.',
    ),
  pod: z.string().optional(),
  container: z.string().optional(),
  engine: z
    .enum(['containerd', 'cri-o', 'podman'])
    .optional()
    .describe('The one of the node, unless the archive was opened and says otherwise.'),
  takenAt: time.optional().describe('When the checkpoint was asked for.'),
  state: z
    .enum(['complete', 'being-written', 'unreadable'])
    .describe('complete: nothing writes to it any more; its content may not have been looked at.'),
  pin: z
    .object({
      kind: z.enum(['manual', 'managed']).describe('managed: by a program, which removes it again.'),
      note: z.string().optional().describe('What a manual pin says.'),
      managedBy: z.string().optional(),
      owners: list(z.string()).optional().describe('What the program keeps the archive for.'),
    })
    .optional()
    .describe('The file beside it, named like it with .keep at the end, that keeps it from being deleted.'),
  podStatus: z
    .enum(['running', 'ended', 'replaced', 'gone', 'unknown'])
    .describe('replaced: another pod has its name now. unknown: pods may not be listed.'),
  note: z.string().optional().describe('What was noted on this machine when it was taken.'),
})

/** What `get --watch` prints for each archive that there is at first, and for each that comes, changes or goes. */
export const archiveEvent = z.object({
  apiVersion,
  kind: z.literal('ArchiveEvent'),
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED']).describe('DELETED: archive is what was last known of it.'),
  archive: nodeArchive,
})

/** An item of several that failed. */
export const itemFailure = z.object({
  item: z.string(),
  error: z.object({
    code: z.string().describe('An error code of this program.'),
    message: z.string(),
    hint: z.string().optional(),
    fix: z.looseObject({}).optional(),
  }),
})

/** What `get` prints. */
export const archiveList = z.object({
  apiVersion,
  kind: z.literal('ArchiveList'),
  items: list(nodeArchive),
  failures: list(itemFailure).describe('Nodes that could not be asked.'),
})
