import { type Check, failure, ok, unknown } from '../../check.ts'
import { notLearned } from '../../learned.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { hasAnswered } from './kubelet-access.ts'

const refusals: ReadonlySet<string> = new Set([
  'API_SERVER_UNAUTHORIZED',
  'API_SERVER_FORBIDDEN',
  'KUBELET_UNAUTHORIZED',
  'KUBELET_FORBIDDEN',
  'KUBELET_AUTHORIZATION_FAILED',
])

/** The kubelet's own check: of the API server's identity, or of the user's where it is asked directly. */
export const kubeletAuthorization: Check<NodeFacts> = {
  id: 'kubelet-authorization',
  title: 'Rights at the kubelet',
  judge(facts) {
    const { call, via } = facts
    if (!call.known || !hasAnswered(facts)) return unknown(notLearned('the call does not get to the kubelet'))
    if (call.value && refusals.has(call.value.code)) return failure([call.value.message], call.value)
    return ok(`the kubelet lets ${via === 'proxy' ? 'the API server' : 'you'} create nodes/checkpoint`)
  },
}

/** Whether the kubelet let the call pass. */
export const isAuthorized = (facts: Pick<NodeFacts, 'call'>): boolean =>
  hasAnswered(facts) && facts.call.known && !refusals.has(facts.call.value?.code ?? '')
