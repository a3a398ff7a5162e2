import type { Rule } from '../rule.ts'

export const extraCapabilities: Rule = {
  id: 'extra-capabilities',
  severity: 'medium',
  title: 'The container may have capabilities that its engine does not give by default',
  *find({ spec, defaultCapabilities }) {
    // A privileged one has all.
    if (!spec || !defaultCapabilities || spec.privileged) return
    const extra = spec.capabilities.filter((capability) => !defaultCapabilities.includes(capability))
    if (extra.length > 0) yield { evidence: extra.slice(0, 64).join(', ') }
  },
}
