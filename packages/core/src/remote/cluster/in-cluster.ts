import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kubeconfig } from './kubeconfig.ts'
import type { ConnectionSettings } from './settings.ts'

const defaultFolder = '/var/run/secrets/kubernetes.io/serviceaccount'

/** The service account of the pod this runs in, as a kubeconfig; undefined outside a cluster. */
export async function findInClusterConfig({
  env,
  serviceAccountFolder = defaultFolder,
}: ConnectionSettings): Promise<Kubeconfig | undefined> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env
  const tokenFile = join(serviceAccountFolder, 'token')
  if (!host || !port || !(await exists(tokenFile))) return undefined
  const name = 'in-cluster'
  const namespace = await readFile(join(serviceAccountFolder, 'namespace'), 'utf8').catch(() => undefined)
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`
  const authority = join(serviceAccountFolder, 'ca.crt')
  return {
    currentContext: name,
    clusters: new Map([[name, { server, 'certificate-authority': authority }]]),
    users: new Map([[name, { tokenFile }]]),
    contexts: new Map([[name, { cluster: name, user: name, namespace: namespace?.trim() }]]),
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
