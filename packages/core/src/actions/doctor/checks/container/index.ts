import type { Check } from '../../check.ts'
import type { ContainerFacts } from '../../container-facts.ts'

/** In the order in which they are shown. */
export const containerChecks: readonly Check<ContainerFacts>[] = []
