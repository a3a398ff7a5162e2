import type { Rule } from '../rule.ts'
import { findMappings, isAnonymous, isExecutable, isWritable } from './mappings.ts'

export const anonymousCode: Rule = {
  id: 'anonymous-code',
  severity: 'low',
  title: 'Memory is executable that comes from no file',
  find: ({ processes }) =>
    // Where it can be written to as well, `writable-code` tells of it.
    findMappings(
      processes,
      (mapping) => isAnonymous(mapping) && isExecutable(mapping) && !isWritable(mapping),
    ),
}
