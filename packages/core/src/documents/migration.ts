import { z } from 'zod'
import { itemFailure } from './archives.ts'
import { apiVersion, list } from './parts.ts'
import { restoreRemark } from './restore.ts'

const place = {
  namespace: z.string(),
  pod: z.string(),
  container: z.string().describe('Whose state moves; other containers of the pod start anew.'),
  from: z.string().describe('The node.'),
}

/** What a migration would do with one pod. */
export const plannedMove = z.object({
  ...place,
  podUid: z.string().optional(),
  to: z.string().optional().describe('The node; absent: the scheduler chooses.'),
  controller: z.string().optional().describe('Which keeps the pod running: `ReplicaSet/web-6d4f`.'),
  blockers: list(restoreRemark).describe('With any of them the pod stays.'),
  warnings: list(restoreRemark),
})

/** What `migrate --dry-run` prints. */
export const migrationPlan = z.object({
  apiVersion,
  kind: z.literal('MigrationPlan'),
  emptied: z.string().optional().describe('The node that is to be left without pods, and is cordoned.'),
  moves: list(plannedMove),
})

/** A pod that goes on elsewhere. */
export const movedPod = z.object({
  ...place,
  to: z.string().optional(),
  newPod: z.string(),
  image: z.string().describe('From which the new pod starts, each time that it does.'),
  frozenMs: z.number().optional().describe('How long CRIU had the processes stand still.'),
  gapMs: z
    .number()
    .describe(
      'From the beginning of the checkpoint until the new pod was ready: what the old one did then is lost.',
    ),
  sourceKept: z.boolean(),
})

/** What `migrate` prints. */
export const migration = z.object({
  apiVersion,
  kind: z.literal('Migration'),
  emptied: z.string().optional(),
  moved: list(movedPod),
  stayed: list(itemFailure.extend(place)).describe('As they were.'),
})
