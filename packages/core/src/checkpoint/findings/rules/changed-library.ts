import type { Rule } from '../rule.ts'
import { findMappings, isExecutable } from './mappings.ts'

export const changedLibrary: Rule = {
  id: 'changed-library',
  severity: 'medium',
  title: 'A library is not the one of the image',
  find: ({ processes, changedPaths = new Set() }) =>
    findMappings(
      processes,
      (mapping, { exe }) =>
        isExecutable(mapping) &&
        mapping.path !== undefined &&
        mapping.path !== exe &&
        changedPaths.has(mapping.path),
    ),
}
