import { z } from 'zod'

export const apiVersion = z.literal('kubectl-checkpoint/v1')

export const byteCount = z.int().min(0).describe('A number of bytes.')
/** 64 bits don't fit a JSON number. */
export const address = z
  .string()
  .regex(/^0x[0-9a-f]+$/)
  .describe('A virtual address in hexadecimal.')
export const time = z.string().describe('A time in RFC 3339, UTC.')
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly()

/** A part of the archive that could not be read; the rest was. */
export const unreadable = z
  .object({
    entry: z.string().describe('The name of the entry in the archive.'),
    code: z.string().describe('An error code of this program.'),
    message: z.string(),
  })
  .describe('A part of the archive that could not be read.')

export const archive = z.object({
  label: z.string().describe('Where it lies: a local path, NODE:FILE or oci://REF.'),
  size: byteCount,
  kind: z
    .enum(['checkpoint', 'pre-checkpoint', 'images'])
    .describe('pre-checkpoint: memory only, while the container ran on. images: CRIU images alone.'),
  compression: z.enum(['gzip', 'zstd']).optional().describe('How the archive is stored.'),
  bytesRead: byteCount.describe('What looking inside took of the archive.'),
  reads: z.int().describe('Requests that it took.'),
})

export const container = z.object({
  name: z.string().describe('As in the pod; Podman: the name of the container.'),
  id: z.string(),
  image: z.string().optional().describe('The image as it was asked for.'),
  imageRef: z.string().optional().describe('The ID of the image, or its name with a digest.'),
  engine: z
    .enum(['containerd', 'cri-o', 'podman'])
    .optional()
    .describe('Absent where no engine left its marks.'),
  runtime: z.string().optional(),
  createdAt: time.optional(),
  checkpointedAt: time.optional(),
  pod: z.string().optional(),
  namespace: z.string().optional(),
  ips: list(z.string())
    .optional()
    .describe('Addresses of the pod or container, if the engine wrote them down.'),
})

export const sizes = z.object({
  memoryBytes: byteCount.describe('Pages of memory.'),
  imageBytes: byteCount.describe("Everything else of CRIU's."),
  rootfsDiffBytes: byteCount.describe('What changed in the root filesystem. containerd compresses it.'),
  volumeBytes: byteCount.describe("Podman's named volumes."),
})

export const severity = z.enum(['high', 'medium', 'low', 'info'])

export const finding = z
  .object({
    id: z.string().describe('Stable: the same oddity has the same id in each version of this program.'),
    severity,
    title: z.string(),
    evidence: list(z.string()).describe('What shows it, a fact a line.'),
    pids: list(z.int()).describe('The processes it is about; none if it is about the container.'),
    place: z.string().optional().describe('Where: a path, an address, a descriptor.'),
  })
  .describe('Something odd, which may well be meant.')

export const fix = z
  .object({
    manifest: z.string().exactOptional().describe('For `kubectl apply -f -`.'),
    commands: list(z.string()).exactOptional(),
    nodeFile: z
      .object({ path: z.string(), content: z.string(), afterwards: z.string().exactOptional() })
      .exactOptional(),
  })
  .describe('Material for repairing it.')

export const failure = z
  .object({
    item: z.string().describe('What it was about, as it was named.'),
    error: z.object({
      code: z.string().describe('An error code of this program.'),
      message: z.string(),
      hint: z.string().optional().describe("The user's next step."),
      fix: fix.optional(),
    }),
  })
  .describe('What went wrong with one of several things.')
