import { posix } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { ConfigurationError } from './errors.ts'

const absolutePath = z
  .string()
  .refine((path) => posix.isAbsolute(path) && posix.normalize(path) === path, 'not a plain absolute path')
  .transform((path) => path.replace(/\/$/, ''))

const nodeConfiguration = z.strictObject({ kubeletRoot: absolutePath.optional() })

const configuration = z.strictObject({
  /** The root folder of the kubelets, which isn't in what they tell of their configuration. */
  kubeletRoot: absolutePath.optional(),
  /** What is different on some nodes, by their names. */
  nodes: z.record(z.string(), nodeConfiguration).optional(),
  /** The pod that reads archives on their node. */
  reader: z
    .strictObject({ image: z.string().min(1).optional(), namespace: z.string().min(1).optional() })
    .optional(),
})

/** What can be configured for all commands. */
export type Configuration = z.output<typeof configuration>

/**
 * Reads the YAML of a configuration file; `path` is for messages.
 * @throws {ConfigurationError} CONFIGURATION_INVALID
 */
export function parseConfiguration(text: string, path: string): Configuration {
  const { success, data, error } = configuration.safeParse(parseYaml(text, path) ?? {})
  if (success) return data
  const reasons = error.issues.map(({ path: place, message }) => [...place, message].join(': '))
  throw invalid(path, reasons.join('; '))
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    throw invalid(path, (cause as Error).message, cause)
  }
}

const invalid = (path: string, reason: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError('CONFIGURATION_INVALID', `${path} is not a configuration: ${reason}`, {
    hint: 'There are kubeletRoot, nodes.NAME.kubeletRoot, reader.image and reader.namespace.',
    cause,
  })
