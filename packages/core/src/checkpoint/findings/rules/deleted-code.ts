import type { Rule } from '../rule.ts'
import { findMappings, isExecutable } from './mappings.ts'

export const deletedCode: Rule = {
  id: 'deleted-code',
  severity: 'high',
  title: 'Code of a deleted file is mapped',
  find: ({ processes }) =>
    findMappings(
      processes,
      (mapping, { exe }) =>
        isExecutable(mapping) &&
        mapping.deleted === true &&
        // Memory that the kernel shows as a deleted file; and an executable has a finding of its own.
        !/^\/(memfd:|dev\/zero|SYSV)/.test(mapping.path ?? '') &&
        mapping.path !== exe,
    ),
}
