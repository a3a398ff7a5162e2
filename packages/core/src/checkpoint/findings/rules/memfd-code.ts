import type { Rule } from '../rule.ts'
import { findMappings, isExecutable } from './mappings.ts'

export const memfdCode: Rule = {
  id: 'memfd-code',
  severity: 'medium',
  title: 'Code is mapped from a file in memory',
  find: ({ processes }) =>
    findMappings(
      processes,
      (mapping, { exe }) =>
        isExecutable(mapping) && (mapping.path ?? '').startsWith('/memfd:') && mapping.path !== exe,
    ),
}
