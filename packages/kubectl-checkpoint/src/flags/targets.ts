import type { WhyRequest } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'
import { text } from './text.ts'

const group = 'Targets:'

/** Which containers are meant, where nothing is done to them. */
export const targetFlags = {
  selector: { group, alias: 'l', ...text, describe: 'Pods with these labels: app=web,tier!=db' },
  'all-namespaces': { group, alias: 'A', type: 'boolean', describe: 'Select in all namespaces' },
  container: { group, alias: 'c', ...text, describe: 'Container of each pod; default: as kubectl picks it' },
  'all-containers': { group, type: 'boolean', describe: 'Every container of each pod' },
} as const satisfies Record<string, Options>

export type TargetFlags = InferredOptionTypes<typeof targetFlags>

export const targetRequest = (names: readonly string[], flags: TargetFlags): WhyRequest => ({
  targets: names,
  ...(flags.selector === undefined ? {} : { selector: flags.selector }),
  ...(flags['all-namespaces'] ? { allNamespaces: true } : {}),
  ...(flags.container === undefined ? {} : { container: flags.container }),
  ...(flags['all-containers'] ? { allContainers: true } : {}),
})
