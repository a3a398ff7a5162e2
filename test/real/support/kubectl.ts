import { isOwnCluster, kubeconfig } from './environment.ts'
import { clusterProgram } from './own-cluster.ts'
import { readProgram } from './process.ts'

async function runKubectl(argv: readonly string[], stdin = ''): Promise<string> {
  if (isOwnCluster) return readProgram(clusterProgram, ['kubectl', ...argv], { stdin })
  return readProgram('kubectl', argv, { stdin, env: { KUBECONFIG: await kubeconfig() } })
}

/** What kubectl prints as the cluster's administrator; rejects with its stderr if it fails. */
export const kubectl = (...argv: readonly string[]): Promise<string> => runKubectl(argv)

/** Creates or changes objects in a namespace. */
export async function apply(namespace: string, ...objects: readonly object[]): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects }
  await runKubectl(['apply', '--namespace', namespace, '--filename', '-'], JSON.stringify(list))
}
