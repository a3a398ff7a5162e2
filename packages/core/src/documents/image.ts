import { z } from 'zod'
import { apiVersion, byteCount } from './parts.ts'

const digest = z.string().describe('`sha256:` and 64 hexadecimal digits.')

/** What `build` and `push` print. */
export const builtImage = z.object({
  apiVersion,
  kind: z.literal('CheckpointImage'),
  image: z.string().describe('`oci://…` or a path, as every command takes it.'),
  digest: digest.describe('Of its index, which the tag points to. The same archive always has the same.'),
  manifestDigest: digest,
  configDigest: digest.describe('By which containerd tells images from each other.'),
  layer: z.object({
    mediaType: z.string(),
    digest,
    sizeBytes: byteCount.describe('As it is stored.'),
    diffId: digest.describe('Of the archive itself.'),
  }),
  platform: z.string().describe('`linux/amd64`'),
  annotations: z.record(z.string(), z.string()).describe('Of index and manifest both.'),
})
