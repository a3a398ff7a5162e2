import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { ClusterError } from './errors.ts'
import { type Kubeconfig, parseKubeconfig } from './kubeconfig.ts'
import { mergeKubeconfigs } from './merge-kubeconfigs.ts'
import type { ConnectionSettings } from './settings.ts'

/**
 * Reads `--kubeconfig`, else the files of KUBECONFIG, else `~/.kube/config`, and merges what is there; undefined if
 * none of them exists.
 * @throws {ClusterError} KUBECONFIG_NOT_FOUND if `--kubeconfig` names a missing file; KUBECONFIG_INVALID.
 */
export async function loadKubeconfig(settings: ConnectionSettings): Promise<Kubeconfig | undefined> {
  if (settings.kubeconfig) {
    const kubeconfig = await readKubeconfig(settings.kubeconfig)
    if (kubeconfig) return kubeconfig
    throw new ClusterError('KUBECONFIG_NOT_FOUND', `${settings.kubeconfig}: no such file`, {
      hint: 'Name an existing kubeconfig with --kubeconfig.',
    })
  }
  const found = await Promise.all(kubeconfigPaths(settings).map(readKubeconfig))
  const kubeconfigs = found.filter((kubeconfig) => kubeconfig !== undefined)
  return kubeconfigs.length > 0 ? mergeKubeconfigs(kubeconfigs) : undefined
}

/** The files that count without `--kubeconfig`, whether they exist or not. */
export function kubeconfigPaths({
  env,
  homeDirectory,
}: Pick<ConnectionSettings, 'env' | 'homeDirectory'>): string[] {
  if (!env.KUBECONFIG) return [join(homeDirectory, '.kube', 'config')]
  return env.KUBECONFIG.split(delimiter).filter((path) => path !== '')
}

/** Undefined if there is no such file. */
async function readKubeconfig(path: string): Promise<Kubeconfig | undefined> {
  try {
    return parseKubeconfig(await readFile(path, 'utf8'), path)
  } catch (cause) {
    if (cause instanceof ClusterError) throw cause
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new ClusterError('KUBECONFIG_INVALID', `${path} cannot be read: ${(cause as Error).message}`, {
      cause,
    })
  }
}
