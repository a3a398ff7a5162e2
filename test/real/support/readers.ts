import { kubectl } from './kubectl.ts'
import { type NodeName, runOnNode } from './own-cluster.ts'

const selector = '--selector=app.kubernetes.io/name=checkpoint-reader'

/** Returns when no namespace has a reader pod; rejects after `timeoutSeconds`. A node takes a second or two for one. */
export async function untilNoReaderPod(timeoutSeconds: number): Promise<void> {
  await kubectl('wait', '--for=delete', 'pod', selector, '--all-namespaces', `--timeout=${timeoutSeconds}s`)
}

/** The names of all reader pods there are, one a line. */
export const readerPods = (): Promise<string> =>
  kubectl('get', 'pods', selector, '--all-namespaces', '--output=name')

/** The command lines of processes on a node that belong to a reader pod. */
export async function readerProcesses(node: NodeName): Promise<string[]> {
  const lines = (await runOnNode(node, 'ps', '-e', '-o', 'args=')).split('\n')
  return lines.filter((line) => line.includes('trap exit INT') || line.includes('checkpoint-reader'))
}
