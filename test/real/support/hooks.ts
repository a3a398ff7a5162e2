import { isOwnCluster } from './environment.ts'
import { startOwnCluster, stopOwnCluster } from './own-cluster.ts'

const minute = 60_000
const canOwnCluster = process.platform === 'linux' && process.getuid?.() === 0

/** Mocha calls these before the first and after the last test of all files. */
export const mochaHooks: Mocha.RootHookObject = {
  async beforeAll(this: Mocha.Context) {
    if (!isOwnCluster) return
    if (!canOwnCluster) {
      throw new Error(
        'These tests start a Kubernetes cluster of their own, which needs Linux and root. ' +
          'E2E_KUBECONFIG=FILE runs the portable ones on a cluster you have.',
      )
    }
    this.timeout(40 * minute)
    await startOwnCluster()
  },
  async afterAll(this: Mocha.Context) {
    if (!isOwnCluster || !canOwnCluster || process.env.KEEP_CLUSTER) return
    this.timeout(2 * minute)
    await stopOwnCluster()
  },
}
