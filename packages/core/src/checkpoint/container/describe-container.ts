import type { ContainerSummary } from '../../documents/index.ts'
import type { Archive } from '../archive/index.ts'
import type { Particulars } from '../engines/index.ts'

/** What the container is, in the words of its engine. Undefined where no engine described one. */
export function describeContainer(
  { container, engine }: Pick<Archive, 'container' | 'engine'>,
  { ips = [] }: Particulars,
): ContainerSummary | undefined {
  if (!container) return undefined
  const { createdAt, checkpointedAt, ...named } = container
  return {
    ...named,
    ...(engine ? { engine: engine.name } : {}),
    ...(createdAt ? { createdAt: createdAt.toISOString() } : {}),
    ...(checkpointedAt ? { checkpointedAt: checkpointedAt.toISOString() } : {}),
    ...(ips.length > 0 ? { ips } : {}),
  }
}
