import type { Archive } from '../../checkpoint/archive/index.ts'

/** What of an archive is likely to be secret beside its memory, which may hold anything. */
export interface SecretsFound {
  /** Names of the container's environment variables. */
  readonly environment: readonly string[]
  /** A token of a service account was mounted, and is likely to be in memory. */
  readonly serviceAccountToken: boolean
}

const secretName = /pass(?:word|wd|phrase)?|secret|token|credential|private|api_?key|access_?key|auth(?!or)/i
const tokenFolder = /\/secrets\/kubernetes\.io\/serviceaccount$/

export function findSecrets({ spec }: Pick<Archive, 'spec'>): SecretsFound {
  const { process, mounts } = fieldsOf(spec)
  const environment = textsOf(fieldsOf(process).env).map((variable) => variable.split('=', 1).join())
  const destinations = (Array.isArray(mounts) ? mounts : []).map((mount) => `${fieldsOf(mount).destination}`)
  return {
    environment: environment.filter((name) => secretName.test(name)),
    serviceAccountToken: destinations.some((path) => tokenFolder.test(path)),
  }
}

const fieldsOf = (json: unknown): Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}

const textsOf = (json: unknown): string[] =>
  Array.isArray(json) ? json.filter((text) => typeof text === 'string') : []
