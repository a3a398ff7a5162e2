import { z } from 'zod'
import { itemFailure } from './archives.ts'
import { apiVersion, fix, list } from './parts.ts'

export const checkStatus = z
  .enum(['ok', 'warning', 'failure', 'unknown'])
  .describe(
    'warning: a checkpoint works all the same. failure: no checkpoint works as long as it is so. unknown: it could not be looked at.',
  )

export const check = z
  .object({
    id: z.string().describe('Stable: the same in each version of this program.'),
    status: checkStatus,
    title: z.string().describe('What was looked at.'),
    evidence: list(z.string()).describe('What was seen, a fact a line; of what is unknown, the reason.'),
    hint: z.string().optional().describe("The user's next step."),
    fix: fix.optional(),
  })
  .describe('One thing that a checkpoint depends on.')

/** What `doctor` prints. */
export const doctorReport = z.object({
  apiVersion,
  kind: z.literal('DoctorReport'),
  verdict: z
    .enum(['works', 'fails', 'unknown'])
    .describe('Whether checkpoints would work. fails: not all of them. unknown: none is known to fail.'),
  nodes: list(z.object({ node: z.string(), checks: list(check) })),
  containers: list(
    z.object({
      namespace: z.string(),
      pod: z.string(),
      container: z.string(),
      node: z.string(),
      checks: list(check),
    }),
  ),
  failures: list(itemFailure).describe('Names that nothing was found by.'),
})
