import { z } from 'zod'
import { apiVersion, list } from './parts.ts'

/** Something that stands in the way of a restore, or that will not be as one may expect. */
export const restoreRemark = z.object({
  id: z.string().describe('Stable: the same in each version of this program.'),
  message: z.string(),
  hint: z.string().optional().describe("The user's next step."),
})

/** What a restore would make, and what is to be known of that. */
export const restorePlan = z.object({
  image: z.string().describe('As nodes pull it: by its digest once it is in its registry.'),
  archive: z
    .string()
    .describe('As commands take it: `oci://registry.example/shop/web:1`, `node-a:/folder/file.tar`.'),
  needsImage: z.boolean().describe('The archive is not in a registry: its image has to be made first.'),
  container: z.string(),
  basis: z
    .enum(['pod', 'archive'])
    .describe('pod: the checkpointed pod, which still exists. archive: what the archive knows of it.'),
  blockers: list(restoreRemark).describe('With any of them no node would restore it.'),
  warnings: list(restoreRemark),
  manifest: z.looseObject({}).describe('The pod, or the deployment, that is made.'),
})

/** What `restore` prints. */
export const restoredPod = z.object({
  apiVersion,
  kind: z.literal('RestoredPod'),
  namespace: z.string(),
  pod: z.string(),
  deployment: z.string().optional().describe('Of which it is the pod.'),
  container: z.string(),
  node: z.string().optional(),
  image: z.string().describe('As nodes pull it.'),
  readySeconds: z.number().describe('From its creation until all of its containers were ready.'),
  warnings: list(restoreRemark),
})
