import { z } from 'zod'
import { apiVersion, byteCount, list, time, unreadable } from './parts.ts'

/** A file of a container that its checkpoint holds. */
export const file = z.object({
  path: z
    .string()
    .describe('As in the container; memfd:NAME and the like for what has no path. Unique in its archive.'),
  type: z
    .enum(['file', 'directory', 'symlink', 'character-device', 'block-device', 'fifo', 'socket', 'unknown'])
    .describe('unknown: of a deleted file, whose name is all that is left.'),
  change: z
    .enum(['changed', 'replaced', 'deleted', 'mount', 'present'])
    .optional()
    .describe(
      'Since the image. changed: added or modified. replaced: a folder that was deleted and made anew. mount: empty, made to mount something on it, or a folder that leads only there. present: not compared, as in volumes and tmpfs. Absent for folders that only lead to others.',
    ),
  origin: z
    .enum(['rootfs', 'volume', 'tmpfs', 'shm', 'ghost', 'memfd'])
    .optional()
    .describe(
      'The part of the archive that it comes from. rootfs: what changed of the image. shm: /dev/shm and segments of System V. ghost: deleted, but still in use.',
    ),
  mode: z.string().optional().describe('Permissions in octal: 0644.'),
  uid: z.int().optional(),
  gid: z.int().optional(),
  sizeBytes: byteCount.describe('Of its content; of a directory, of everything below it.'),
  modifiedAt: time.optional(),
  linkTarget: z.string().optional().describe('Of a symlink.'),
  hardLinkTo: z.string().optional().describe('The path of a file with the same content.'),
  device: z.object({ major: z.int(), minor: z.int() }).optional(),
})

/** What `files ls` and `files find` print. */
export const fileList = z.object({
  apiVersion,
  kind: z.literal('FileList'),
  archive: z.string().describe('Where it lies.'),
  items: list(file),
  unreadable: list(unreadable),
})

/** What `files extract` prints. */
export const extraction = z.object({
  apiVersion,
  kind: z.literal('FileExtraction'),
  archive: z.string().describe('Where it lies.'),
  folder: z.string().describe('Everything is in it.'),
  items: list(
    file
      .extend({
        localPath: z.string(),
        sha256: z
          .string()
          .optional()
          .describe(
            'Of the content that was written, holes as zeros. Absent for what has none, and for files with more than 256 MiB of holes.',
          ),
      })
      .describe('A file as the archive has it, and where it is now.'),
  ),
  skipped: list(
    z.object({
      path: z.string(),
      reason: z
        .enum(['deleted', 'device', 'socket', 'name-taken', 'name-unusable', 'too-large'])
        .describe(
          'deleted: there is no content of it. device: also FIFOs. name-taken: two names are one on this machine. name-unusable: this machine has no such names. too-large: nor files.',
        ),
    }),
  ),
  unreadable: list(unreadable),
})
