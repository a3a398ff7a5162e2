import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { askCredentialHelper } from './credential-helper.ts'
import { RegistryError } from './errors.ts'
import type { ImageReference } from './image-reference.ts'
import type { RegistrySettings } from './settings.ts'

/** Who asks. A refresh token stands in place of a password. */
export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'refresh-token'; readonly token: string }

/** What is used of Docker's `config.json` and of Podman's `auth.json`. */
interface AuthFile {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>
  readonly credHelpers?: Readonly<Record<string, string>>
  readonly credsStore?: string
}

/**
 * What `docker login` or `podman login` left for the registry of an image; undefined: none, so it is asked as anyone.
 * Podman's files come first, as for Podman.
 * @throws {RegistryError} REGISTRY_CREDENTIALS_FAILED
 */
export async function findCredentials(
  image: ImageReference,
  settings: RegistrySettings,
): Promise<Credentials | undefined> {
  for (const path of authFiles(settings)) {
    const file = await readAuthFile(path)
    const found = file && (await findInFile(file, image, settings, path))
    if (found) return found
  }
  return undefined
}

function authFiles({ env, homeDirectory }: RegistrySettings): string[] {
  const named = env.REGISTRY_AUTH_FILE
  if (named) return [named]
  const runtime = env.XDG_RUNTIME_DIR
  return [
    ...(runtime ? [join(runtime, 'containers', 'auth.json')] : []),
    join(env.XDG_CONFIG_HOME || join(homeDirectory, '.config'), 'containers', 'auth.json'),
    join(env.DOCKER_CONFIG || join(homeDirectory, '.docker'), 'config.json'),
  ]
}

async function readAuthFile(path: string): Promise<AuthFile | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(path, 'utf8'))
    return typeof json === 'object' && json !== null ? json : undefined
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw failed(`${path} cannot be read: ${(cause as Error).message}`, cause)
  }
}

async function findInFile(
  { auths, credHelpers, credsStore }: AuthFile,
  image: ImageReference,
  settings: RegistrySettings,
  path: string,
): Promise<Credentials | undefined> {
  const helper = credHelpers?.[image.registry] ?? credsStore
  const server = serverNames(image.registry)[0] ?? image.registry
  if (helper) {
    const found = await askCredentialHelper(helper, server, settings)
    if (found) return found
  }
  const key = authKeys(image).find((name) => auths?.[name] !== undefined)
  const entry = key === undefined ? undefined : auths?.[key]
  if (entry?.identitytoken) return { kind: 'refresh-token', token: entry.identitytoken }
  if (!entry?.auth) return undefined
  const [username, ...password] = Buffer.from(entry.auth, 'base64').toString().split(':')
  if (!username || password.length === 0)
    throw failed(`${path}: the credentials for ${key} are not a name and a password`)
  return { kind: 'password', username, password: password.join(':') }
}

/** Docker's own registry goes by an older name in its files. */
const serverNames = (registry: string): string[] =>
  registry === 'docker.io' ? ['https://index.docker.io/v1/', registry] : [registry]

/** The most special first: Podman may hold credentials for a part of a registry. */
function authKeys({ registry, repository }: ImageReference): string[] {
  const parts = repository.split('/')
  const prefixes = parts.map((_, index) => `${registry}/${parts.slice(0, parts.length - index).join('/')}`)
  return [...prefixes, ...serverNames(registry), `https://${registry}`, `https://${registry}/v1/`]
}

const failed = (message: string, cause?: unknown): RegistryError =>
  new RegistryError('REGISTRY_CREDENTIALS_FAILED', message, {
    hint: 'Log in again with docker login or podman login.',
    cause,
  })
