import type { Rule } from '../rule.ts'
import { findMappings, isExecutable, isWritable } from './mappings.ts'

export const writableCode: Rule = {
  id: 'writable-code',
  severity: 'medium',
  title: 'Memory is writable and executable at once',
  find: ({ processes }) => findMappings(processes, (mapping) => isWritable(mapping) && isExecutable(mapping)),
}
