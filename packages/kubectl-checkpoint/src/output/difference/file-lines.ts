import type { FileDifference, FileState } from '@kubectl-checkpoint/core/documents'
import { bytes } from '../units.ts'
import { changedProperties } from './change-lines.ts'

/** A line for a file, and its changed lines below it. */
export function fileLines({ path, a, b, contentDiffers, patch }: FileDifference): readonly string[] {
  if (!a || !b) {
    const state = a ?? b
    return [`${a ? '-' : '+'} file ${path}${state ? `: ${describe(state)}` : ''}`]
  }
  const changes = [changedProperties(a, b), contentDiffers ? 'other content' : ''].filter(
    (part) => part !== '',
  )
  return [`~ file ${path}: ${changes.join(', ')}`, ...patchLines(patch)]
}

function describe({ type, deleted, mode, sizeBytes, linkTarget }: FileState): string {
  const size = sizeBytes === undefined || deleted ? undefined : bytes(sizeBytes)
  const parts = [deleted ? 'deleted' : type, mode, size, linkTarget && `→ ${linkTarget}`]
  return parts.filter((part) => part !== undefined).join(' ')
}

const patchLines = (patch = ''): readonly string[] =>
  patch === ''
    ? []
    : patch
        .trimEnd()
        .split('\n')
        .map((line) => `    ${line}`)
