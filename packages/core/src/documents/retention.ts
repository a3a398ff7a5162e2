import { z } from 'zod'
import { itemFailure, nodeArchive } from './archives.ts'
import { apiVersion, byteCount, list } from './parts.ts'

export const removalReason = z
  .enum(['named', 'beyond-count', 'too-old', 'beyond-size'])
  .describe(
    'named: by its name, its container or a label. beyond-count: not one of the newest that --keep keeps. too-old: by --older-than. beyond-size: the oldest where all exceed --max-size.',
  )

export const keepReason = z
  .enum(['pinned', 'being-written', 'unreadable', 'unowned'])
  .describe('unreadable, unowned: not known whose it is; only its own name removes it.')

export const plannedRemoval = nodeArchive.extend({ because: removalReason })

/** An archive that was chosen, and stays all the same. */
export const keptArchive = nodeArchive.extend({ because: keepReason })

/** What `delete --dry-run` and `prune --dry-run` print. */
export const removalPlan = z.object({
  apiVersion,
  kind: z.literal('RemovalPlan'),
  remove: list(plannedRemoval).describe('What would be removed, in this order: the oldest first.'),
  removeBytes: byteCount,
  kept: list(keptArchive).describe('What was chosen, too, but is not removed.'),
  failures: list(itemFailure).describe('What could not be looked at.'),
})

/** What `delete` and `prune` print. */
export const removal = z.object({
  apiVersion,
  kind: z.literal('Removal'),
  removed: list(plannedRemoval),
  removedBytes: byteCount,
  kept: list(keptArchive).describe('What was chosen, too, but is not removed.'),
  failures: list(itemFailure).describe('What could not be looked at, or not be removed.'),
})

/** An archive that was to be pinned, or not to be any more. */
export const pinChange = z.object({
  archive: z.string().describe('NODE:FILE or NODE:/folder/FILE, as every command takes it.'),
  change: z
    .enum(['pinned', 'already-pinned', 'unpinned', 'not-pinned'])
    .describe('already-pinned and not-pinned: it was so before.'),
})

/** What `keep` and `unkeep` print. */
export const pinChangeList = z.object({
  apiVersion,
  kind: z.literal('PinChangeList'),
  items: list(pinChange),
  failures: list(itemFailure),
})
