import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { kubectl } from './kubectl.ts'

export interface KubeconfigChange {
  /** Another way to the same API server, such as a `TcpProxy`. */
  readonly server?: string
  /** The bearer of this token instead of the administrator. */
  readonly token?: string
}

/** Writes the administrator's kubeconfig with changes into `folder`. Own cluster only. @returns its path. */
export async function writeKubeconfig(folder: string, { server, token }: KubeconfigChange): Promise<string> {
  const config = JSON.parse(await kubectl('config', 'view', '--raw', '--output=json'))
  if (server !== undefined) {
    Object.assign(config.clusters[0].cluster, { server, 'tls-server-name': 'kubernetes.default.svc' })
  }
  if (token !== undefined) config.users[0].user = { token }
  const path = join(folder, `${randomUUID()}.kubeconfig`)
  // JSON is YAML.
  await writeFile(path, JSON.stringify(config))
  return path
}

/** Where the API server of our own cluster listens. */
export const apiServer = (): Promise<string> =>
  kubectl('config', 'view', '--output=jsonpath={.clusters[0].cluster.server}')
