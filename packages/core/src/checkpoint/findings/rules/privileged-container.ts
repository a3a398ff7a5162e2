import type { Rule } from '../rule.ts'

export const privilegedContainer: Rule = {
  id: 'privileged-container',
  severity: 'high',
  title: 'The container is privileged',
  *find({ spec }) {
    if (!spec?.privileged) return
    const evidence = `all devices are allowed, nothing of /proc is masked, no system call is filtered, and it may have ${spec.capabilities.length} capabilities`
    yield { evidence }
  },
}
