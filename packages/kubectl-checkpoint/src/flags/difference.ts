import type { ComparedAspect } from '@kubectl-checkpoint/core/documents'
import type { Options } from 'yargs'
import { UsageError } from '../usage-error.ts'
import { text } from './text.ts'

const group = 'What to compare:'

export const differenceFlags = {
  only: {
    group,
    ...text,
    array: true,
    describe:
      'Some of these: container, processes, env, descriptors, sockets, mappings, memory, mounts, namespaces, files',
  },
  contents: {
    group,
    type: 'boolean',
    describe:
      'Read all memory and files (default: if both archives are on this machine); off with --contents=false',
  },
} as const satisfies Record<string, Options>

const aspects: Readonly<Record<ComparedAspect, true>> = {
  container: true,
  processes: true,
  env: true,
  descriptors: true,
  sockets: true,
  mappings: true,
  memory: true,
  mounts: true,
  namespaces: true,
  files: true,
}

/**
 * What `--only env,files` names; `undefined` without it.
 * @throws {UsageError}
 */
export function parseAspects(values: readonly string[] | undefined): ReadonlySet<ComparedAspect> | undefined {
  return values && new Set(values.flatMap((value) => value.split(',')).map(parseAspect))
}

function parseAspect(word: string): ComparedAspect {
  const isAspect = (name: string): name is ComparedAspect => Object.hasOwn(aspects, name)
  if (isAspect(word)) return word
  throw new UsageError(
    `--only: there is no ${JSON.stringify(word)}`,
    `There are ${Object.keys(aspects).join(', ')}.`,
  )
}
