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

/** What `pull` prints. */
export const pulledArchive = z.object({
  apiVersion,
  kind: z.literal('PulledArchive'),
  image: z.string().describe('`oci://…`, as it was named.'),
  path: z.string().describe('Of the archive on this machine.'),
  size: byteCount,
  sha256: z.string().describe('In hexadecimal: the digest of the layer, too.'),
  compression: z.enum(['gzip', 'zstd']).optional().describe('How it is stored.'),
  transfer: z.object({
    bytes: byteCount.describe('That came over the network; 0 where it was here already.'),
    keptBytes: byteCount.describe('That were here already.'),
  }),
})
