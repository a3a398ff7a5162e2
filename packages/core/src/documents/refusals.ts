import { z } from 'zod'
import { apiVersion, fix, list, time } from './parts.ts'

const containerAddress = {
  namespace: z.string(),
  pod: z.string(),
  container: z.string(),
  node: z.string(),
}

const source = z
  .enum(['criu-log', 'event', 'status', 'catalogue'])
  .describe("criu-log: CRIU's log on the node. catalogue: what this machine remembers of its own commands.")

/** Something that somebody refused to do for a container. */
export const refusal = z.object({
  ...containerAddress,
  operation: z.enum(['checkpoint', 'restore']),
  at: time.optional().describe('Absent where nothing tells.'),
  causes: list(
    z.object({
      id: z.string().describe('Stable: the same cause has the same id in each version of this program.'),
      meaning: z.string(),
      hint: z.string().optional().describe("The user's next step."),
      fix: fix.optional(),
    }),
  ).describe('None if what was said tells no cause that is known.'),
  lines: list(z.string()).describe("The first error lines of CRIU's log, where it could be read."),
  message: z.string().optional().describe('What the container runtime or the kubelet said.'),
  evidence: list(z.object({ source, place: z.string(), at: time.optional() })).describe(
    'Who says so, the newest first.',
  ),
  succeededAt: time.optional().describe('When a checkpoint worked since, as far as this machine knows.'),
})

/** Where it was looked for what was refused to a container. */
export const searchedContainer = z.object({
  ...containerAddress,
  places: list(
    z.object({
      source,
      place: z.string(),
      unreadable: z.string().optional().describe('Why nothing could be read there.'),
    }),
  ),
})

/** What `why` prints. */
export const refusalList = z.object({
  apiVersion,
  kind: z.literal('RefusalList'),
  items: list(refusal).describe(
    'Of each container the last checkpoint and the last restore; the newest first.',
  ),
  searched: list(searchedContainer),
})
