import { type Check, failure, ok, unknown } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'

export const nodeReady: Check<NodeFacts> = {
  id: 'node-ready',
  title: 'Node',
  judge({ name, object }) {
    if (!object.known) return unknown(object)
    const { operatingSystem } = object.value.status?.nodeInfo ?? {}
    if (operatingSystem !== undefined && operatingSystem !== 'linux') {
      return failure([`it runs ${operatingSystem}`], { hint: 'Only Linux containers can be checkpointed.' })
    }
    const ready = object.value.status?.conditions?.find(({ type }) => type === 'Ready')
    if (ready?.status === 'True') return ok('Ready')
    const evidence = ['not Ready', ...(ready?.message ? [ready.message] : [])].join(': ')
    return failure([evidence], { hint: `Look at it with: kubectl describe node ${name}` })
  },
}
