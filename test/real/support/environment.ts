import { clusterFile } from './own-cluster.ts'

const givenKubeconfig = process.env.E2E_KUBECONFIG

/** False when the suite runs on a cluster that someone else owns. */
export const isOwnCluster = givenKubeconfig === undefined

export const kubeconfig = async (): Promise<string> =>
  givenKubeconfig ?? (await clusterFile('admin.kubeconfig'))

/** An image with a shell and the commands that a reader pod needs. */
export const busyboxImage = isOwnCluster ? 'localhost:5000/app:1' : (process.env.E2E_IMAGE ?? 'busybox:1.37')
