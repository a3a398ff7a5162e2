import type { TargetContainer } from '../../remote/targets/index.ts'
import type { NodeFacts } from './node-facts.ts'

/** What is known of a container before anything fails. */
export interface ContainerFacts {
  readonly target: TargetContainer
  readonly node: NodeFacts
}
