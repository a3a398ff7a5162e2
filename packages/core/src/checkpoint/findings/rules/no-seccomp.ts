import type { Rule } from '../rule.ts'

export const noSeccomp: Rule = {
  id: 'no-seccomp',
  severity: 'info',
  title: 'System calls are not filtered',
  *find({ spec }) {
    if (!spec || spec.seccomp || spec.privileged) return
    yield { evidence: 'the specification sets no seccomp profile' }
  },
}
