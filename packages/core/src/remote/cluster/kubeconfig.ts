import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { ClusterError } from './errors.ts'

// kubectl writes `users: null` for an empty list, so null and absent are the same everywhere.
const text = z.string().nullish()
const texts = z.array(z.string()).nullish()
const named = <Name extends string, Value extends z.ZodType>(key: Name, value: Value) =>
  z
    .array(z.object({ name: z.string(), [key]: value } as { name: z.ZodString } & Record<Name, Value>))
    .nullish()

const clusterSchema = z.object({
  server: text,
  'tls-server-name': text,
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'certificate-authority': text,
  'certificate-authority-data': text,
  'proxy-url': text,
  extensions: z.array(z.object({ name: z.string(), extension: z.unknown() })).nullish(),
})

const execSchema = z.object({
  apiVersion: z.string(),
  command: z.string(),
  args: texts,
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: text,
  provideClusterInfo: z.boolean().nullish(),
  interactiveMode: text,
})

const userSchema = z.object({
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  as: text,
  'as-uid': text,
  'as-groups': texts,
  'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
  exec: execSchema.nullish(),
  'auth-provider': z
    .object({ name: z.string(), config: z.record(z.string(), z.string()).nullish() })
    .nullish(),
})

const contextSchema = z.object({ cluster: text, user: text, namespace: text })

const kubeconfigSchema = z.object({
  'current-context': text,
  clusters: named('cluster', clusterSchema),
  users: named('user', userSchema.nullish()),
  contexts: named('context', contextSchema),
})

/** Fields are called what they are called in the file. */
export type Cluster = z.infer<typeof clusterSchema>
export type User = z.infer<typeof userSchema>
export type ExecPlugin = z.infer<typeof execSchema>
export type Context = z.infer<typeof contextSchema>

export interface Kubeconfig {
  readonly currentContext: string | undefined
  readonly clusters: ReadonlyMap<string, Cluster>
  readonly users: ReadonlyMap<string, User>
  readonly contexts: ReadonlyMap<string, Context>
}

/**
 * One kubeconfig file; the files it names become absolute, seen from its own folder.
 * @throws {ClusterError} KUBECONFIG_INVALID
 */
export function parseKubeconfig(content: string, path: string): Kubeconfig {
  const file = kubeconfigSchema.safeParse(parseYaml(content, path) ?? {})
  if (!file.success) throw invalid(path, file.error.issues.map(describe).join('; '))
  const folder = dirname(resolve(path))
  const { clusters, users, contexts } = file.data
  return {
    currentContext: file.data['current-context'] || undefined,
    clusters: byName(clusters, ({ cluster }) => absoluteCluster(cluster, folder)),
    users: byName(users, ({ user }) => absoluteUser(user ?? {}, folder)),
    contexts: byName(contexts, ({ context }) => context),
  }
}

function parseYaml(content: string, path: string): unknown {
  try {
    return parse(content, { logLevel: 'error' })
  } catch (cause) {
    // The lines after the first show the file, tokens and all.
    const [why = ''] = (cause as Error).message.split(':\n', 1)
    throw invalid(path, why, cause)
  }
}

const describe = ({ message, path }: z.core.$ZodIssue): string =>
  path.length > 0 ? `${message} at ${z.core.toDotPath(path)}` : message

const invalid = (path: string, why: string, cause?: unknown): ClusterError =>
  new ClusterError('KUBECONFIG_INVALID', `${path} is not a kubeconfig: ${why}`, { cause })

/** The first of two entries with one name counts, as for kubectl. */
function byName<Entry extends { name: string }, Value>(
  entries: readonly Entry[] | null | undefined,
  value: (entry: Entry) => Value,
): Map<string, Value> {
  const map = new Map<string, Value>()
  for (const entry of entries ?? []) if (!map.has(entry.name)) map.set(entry.name, value(entry))
  return map
}

const absolute = (path: string | null | undefined, folder: string): string | undefined =>
  path ? resolve(folder, path) : undefined

const absoluteCluster = (cluster: Cluster, folder: string): Cluster => ({
  ...cluster,
  'certificate-authority': absolute(cluster['certificate-authority'], folder),
})

const absoluteUser = (user: User, folder: string): User => ({
  ...user,
  tokenFile: absolute(user.tokenFile, folder),
  'client-certificate': absolute(user['client-certificate'], folder),
  'client-key': absolute(user['client-key'], folder),
  exec: user.exec && { ...user.exec, command: absoluteCommand(user.exec.command, folder) },
})

/** A bare name is looked up in PATH; anything with a slash is a file. */
const absoluteCommand = (command: string, folder: string): string =>
  /[/\\]/.test(command) ? resolve(folder, command) : command
