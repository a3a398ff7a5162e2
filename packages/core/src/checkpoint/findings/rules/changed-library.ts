import type { Rule } from '../rule.ts'
import { findMappings, isExecutable } from './mappings.ts'

export const changedLibrary: Rule = {
  id: 'changed-library',
  severity: 'medium',
  title: 'A library is not the one of the image',
  find: ({ processes, changedPaths }) =>
    findMappings(
      processes,
      ({ path, ...mapping }, { exe }) =>
        path !== undefined &&
        path !== exe &&
        changedPaths?.has(path) === true &&
        isExecutable({ path, ...mapping }),
    ),
}
