import { type Check, failure, ok } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'

/** What a call is refused with before it gets to the kubelet. */
const refusals: ReadonlySet<string> = new Set([
  'API_UNAUTHORIZED',
  'PROXY_FORBIDDEN',
  'NODE_NOT_FOUND',
  'KUBELET_UNREACHABLE',
  'CALL_INTERRUPTED',
])

/** The first of the two checks of rights, if the API server stands between. */
export const kubeletAccess: Check<NodeFacts> = {
  id: 'kubelet-access',
  title: 'Your way to the kubelet',
  judge({ call, via }) {
    if (!call.known) return failure([call.reason], call)
    if (call.value && refusals.has(call.value.code)) return failure([call.value.message], call.value)
    return via === 'proxy'
      ? ok('the API server lets you create nodes/proxy')
      : ok('the kubelet answers this machine')
  },
}

/** Whether the kubelet itself answered. */
export const hasAnswered = ({ call }: Pick<NodeFacts, 'call'>): boolean =>
  call.known && !refusals.has(call.value?.code ?? '')
