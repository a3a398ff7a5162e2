import { z } from 'zod'
import { apiVersion, byteCount, failure, list, time } from './parts.ts'

/** A checkpoint that a command took. */
const takenCheckpoint = z.object({
  namespace: z.string(),
  pod: z.string(),
  container: z.string(),
  node: z.string(),
  path: z.string().describe('Absolute, on the node.'),
  archive: z.string().describe('NODE:FILE or NODE:/folder/FILE, as every command takes it.'),
  startedAt: time.describe('When the call was sent, by the clock of the machine that asked. RFC 3339, UTC.'),
  durationSeconds: z
    .number()
    .min(0)
    .describe('From then to the answer; the container stood still for a part of it.'),
  local: z
    .object({
      path: z.string(),
      size: byteCount,
      sha256: z.string(),
      transfer: z.object({
        bytes: byteCount.describe('That came over the network, compressed as they were.'),
        keptBytes: byteCount.describe('That were on this machine already.'),
        compression: z.enum(['none', 'gzip', 'zstd']).optional().describe('How most of it came.'),
        connections: z.union([z.literal(1), z.literal(2)]).optional(),
      }),
    })
    .exactOptional()
    .describe('The archive on this machine, if it was fetched.'),
})

/** How close together the calls for containers of one pod were sent. */
const podSpread = z
  .object({
    namespace: z.string(),
    pod: z.string(),
    containers: z.int().min(2).describe('Calls that were sent.'),
    spreadSeconds: z.number().min(0).describe('From the first of them to the last.'),
  })
  .describe('When each container froze is not known here: its archive has times of its own.')

/** What is in the node's folder after a call without an answer. */
export const appearedArchive = z.object({
  state: z
    .enum(['complete', 'being-written', 'none', 'unknown'])
    .describe('none: nothing yet, a second after the first look. unknown: the node could not be searched.'),
  archive: z.string().exactOptional(),
  sizeBytes: byteCount.exactOptional(),
  reason: z.string().exactOptional().describe('Why the node could not be searched.'),
})

/** A container of which there is no checkpoint, or none on this machine that was to be fetched. */
export const failedCheckpoint = failure.extend({
  outcome: z
    .enum(['not-started', 'refused', 'unknown', 'not-fetched'])
    .describe(
      'not-started: no call was sent. refused: the answer says that there is none. unknown: no answer says how the call ended. not-fetched: it was taken, and is among the items, but stays on its node.',
    ),
  found: appearedArchive.exactOptional(),
})

/** What `create` prints. */
export const checkpointList = z.object({
  apiVersion,
  kind: z.literal('CheckpointList'),
  items: list(takenCheckpoint),
  pods: list(podSpread).describe('Those of which several containers were asked for.'),
  failures: list(failedCheckpoint),
})
