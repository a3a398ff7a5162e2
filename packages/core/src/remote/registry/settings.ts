import type { Dispatcher } from 'undici'
import type { Clock } from '../../clock.ts'

/** Where a front end's environment comes in: nothing below reads it from the process. */
export interface RegistrySettings {
  /** DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR; HTTPS_PROXY, NO_PROXY; all of it for credential helpers. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Holds `.docker/config.json` and `.config/containers/auth.json`. */
  readonly homeDirectory: string
  /** Registries asked without TLS, beside those on this machine: host and port. */
  readonly plainHttp?: readonly string[]
  /** How requests go out. Default: connections of its own, through the environment's proxy. */
  readonly dispatcher?: Dispatcher
}

export interface RegistryOptions extends RegistrySettings {
  readonly clock: Clock
}
