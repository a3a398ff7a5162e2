import type { NodeFacts } from './node-facts.ts'
import { parseVersion, type Version } from './parse-version.ts'

/** The container runtime as the node's status names it. */
export interface Runtime {
  /** `containerd`, `cri-o`, or another. */
  readonly name: string
  readonly version: Version | undefined
  /** `containerd://2.1.9` */
  readonly text: string
}

export function runtimeOf({ object }: Pick<NodeFacts, 'object'>): Runtime | undefined {
  const text = object.known ? object.value.status?.nodeInfo?.containerRuntimeVersion : undefined
  if (text === undefined) return undefined
  const [name = '', number = ''] = text.split('://')
  return { name, version: parseVersion(number), text }
}
