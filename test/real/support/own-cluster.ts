import { fileURLToPath } from 'node:url'
import { readProgram, runProgram } from './process.ts'

export type NodeName = 'node-a' | 'node-b'

/** Its registry, which has no TLS; on its nodes it is localhost:5000, too. */
export const registry = '198.18.77.10:5000'

/** The program that owns the cluster; what it can do, it says without arguments. */
export const clusterProgram = fileURLToPath(new URL('../cluster/cluster', import.meta.url))

const cluster = (...argv: readonly string[]): Promise<string> => readProgram(clusterProgram, argv)

/** Starts it, after building what isn't in the cache yet, which takes minutes. Keeps one that runs already. */
export async function startOwnCluster(): Promise<void> {
  const { code } = await runProgram(clusterProgram, ['status'])
  if (code === 0) return
  await cluster('build')
  // Nine services start at once on a machine that may be busy: one failed start says nothing about the tests.
  await cluster('up').catch(() => cluster('up'))
}

export async function stopOwnCluster(): Promise<void> {
  await cluster('down')
}

/** The path of one of its certificates, keys or kubeconfigs, such as `admin.key`. */
export const clusterFile = async (name: string): Promise<string> => (await cluster('pki', name)).trim()

/** What a command prints that runs on a node, outside of containers. */
export const runOnNode = (node: NodeName, ...argv: readonly string[]): Promise<string> =>
  cluster('exec', node, ...argv)

/** Returns as soon as a program of this name runs on a node. */
export async function untilRuns(node: NodeName, program: string): Promise<void> {
  await runOnNode(
    node,
    'timeout',
    '30',
    'sh',
    '-c',
    'until pgrep -x "$0" >/dev/null; do sleep 0.1; done',
    program,
  )
}

/** The path under which this machine sees a file of a node, to read or change. */
export const nodeFile = async (node: NodeName, path: string): Promise<string> =>
  (await cluster('file', node, path)).trim()

/**
 * Starts a kubelet anew, with `yaml` added to its KubeletConfiguration and in a time zone such as `Asia/Kolkata`; returns
 * when it serves all its pods.
 */
export async function restartKubelet(node: NodeName, yaml = '', timeZone = 'UTC'): Promise<void> {
  await readProgram(clusterProgram, ['kubelet', node, yaml], { env: { TZ: timeZone } })
}

/** Until `restartKubelet`. */
export async function stopKubelet(node: NodeName): Promise<void> {
  await cluster('stop-kubelet', node)
}

/** Who the API server is to kubelets: `admin` may do everything, `system` what system:kubelet-api-admin allows. */
export async function setApiServerIdentity(identity: 'admin' | 'system'): Promise<void> {
  await cluster('apiserver-identity', identity)
}
