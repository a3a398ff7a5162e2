import type { Rule } from '../rule.ts'

const guarded: Readonly<Record<string, string>> = {
  pid: "the node's processes",
  network: "the node's network",
  ipc: "the node's shared memory and message queues",
  mount: "the node's mounts",
}

export const hostNamespaces: Rule = {
  id: 'host-namespaces',
  severity: 'high',
  title: 'The container shares a namespace with its node',
  *find({ spec }) {
    // A specification without any is none that a runtime would take.
    if (!spec || spec.namespaces.length === 0) return
    const own = new Set(spec.namespaces.map(({ type }) => type))
    for (const [type, what] of Object.entries(guarded)) {
      if (!own.has(type)) yield { place: type, evidence: `no namespace of the type ${type}: it sees ${what}` }
    }
  },
}
