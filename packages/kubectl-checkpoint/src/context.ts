import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '@kubectl-checkpoint/core/actions'
import { openCatalogue } from '@kubectl-checkpoint/core/catalogue'
import { systemClock } from '@kubectl-checkpoint/core/clock'
import type { Connection } from '@kubectl-checkpoint/core/remote/cluster'
import { type ConnectionFlags, connectionOverrides } from './flags/connection.ts'
import { nodeSettings, type ReaderFlags } from './flags/reader.ts'
import type { RegistryFlags } from './flags/registry.ts'
import type { Io } from './io.ts'

/** The core's collaborators; disposing of them closes the connection, if there ever was one. */
export interface OpenContext extends Context, AsyncDisposable {
  /** Whether the cluster was needed so far. */
  readonly usedCluster: boolean
}

/** @throws {UsageError} */
export function openContext(
  flags: ConnectionFlags & Partial<ReaderFlags & RegistryFlags>,
  io: Io,
): OpenContext {
  const plainHttp = flags['plain-http']
  const settings = {
    kubeconfig: flags.kubeconfig,
    env: io.env,
    homeDirectory: homedir(),
    overrides: connectionOverrides(flags),
  }
  const { env, homeDirectory } = settings
  let connecting: Promise<Connection> | undefined
  const connect = async () => {
    // A local archive needs none of this, and it takes a while to load.
    const { openConnection } = await import('@kubectl-checkpoint/core/remote/cluster')
    return openConnection(settings)
  }
  return {
    connect() {
      connecting ??= connect()
      return connecting
    },
    get usedCluster() {
      return connecting !== undefined
    },
    clock: systemClock,
    settings: nodeSettings(flags, env, homeDirectory),
    catalogue: openCatalogue(
      join(env.XDG_DATA_HOME || join(homeDirectory, '.local/share'), 'kubectl-checkpoint/catalogue'),
    ),
    registry: { env, homeDirectory, ...(plainHttp && { plainHttp }) },
    cacheFolder: join(env.XDG_CACHE_HOME || join(homeDirectory, '.cache'), 'kubectl-checkpoint'),
    async [Symbol.asyncDispose]() {
      const connection = await connecting?.catch(() => undefined)
      await connection?.[Symbol.asyncDispose]()
    },
  }
}
