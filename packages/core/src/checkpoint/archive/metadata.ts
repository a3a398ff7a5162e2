import { z } from 'zod'
import { ArchiveError } from './errors.ts'

/** Go's zero time stands for "never". */
const time = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'Not a time')
  .transform((text) => (text.startsWith('0001-01-01T00:00:00') ? undefined : new Date(text)))

/** An empty text is Go's way to say that there is none. */
const name = z.string().transform((text) => (text === '' ? undefined : text))

const configDump = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** The image as the user named it. */
  rootfsImageName: name.optional(),
  /** The image's ID, or its name with a digest. */
  rootfsImageRef: name.optional(),
  /** Podman's word for the same. */
  rootfsImageID: name.optional(),
  runtime: name.optional(),
  createdTime: time.optional(),
  checkpointedTime: time.optional(),
})

const specDump = z.object({
  annotations: z.record(z.string(), z.string()).nullish(),
})

/** What is used of `config.dump`. */
export type ConfigDump = z.output<typeof configDump>

/** What is used of `spec.dump`, an OCI runtime specification. */
export interface SpecDump {
  readonly annotations: Readonly<Record<string, string>>
}

/** @throws {ArchiveError} BAD_METADATA */
export const parseConfigDump = (bytes: Uint8Array, where: string): ConfigDump =>
  parseDump(configDump, bytes, where)

/** @throws {ArchiveError} BAD_METADATA */
export const parseSpecDump = (bytes: Uint8Array, where: string): SpecDump => ({
  annotations: parseDump(specDump, bytes, where).annotations ?? {},
})

function parseDump<Schema extends z.ZodType>(
  schema: Schema,
  bytes: Uint8Array,
  where: string,
): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(bytes, where))
  if (parsed.success) return parsed.data
  // Only the first issue and only our own key: the rest may be as long as the file.
  const [issue] = parsed.error.issues
  throw badMetadata(where, `${String(issue?.path[0] ?? 'it')}: ${issue?.message}`, parsed.error)
}

function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw badMetadata(where, 'it is not JSON', cause)
  }
}

const badMetadata = (where: string, reason: string, cause: unknown): ArchiveError =>
  new ArchiveError('BAD_METADATA', `${where} is not as an engine writes it: ${reason}`, { cause })
