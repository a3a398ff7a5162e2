import type { HttpAnswer } from '../cluster/index.ts'
import { KubeletError } from './errors.ts'
import { parseRefusal, type Speaker } from './parse-refusal.ts'
import { quote } from './quote.ts'
import { apiServerRefusals } from './refusals/api-server.ts'
import { gatewayRefusals } from './refusals/gateway.ts'
import { kubeletRefusals } from './refusals/kubelet.ts'
import type { RefusalCase, RefusedCall } from './refusals/refusal-case.ts'
import { runtimeRefusals } from './refusals/runtime.ts'

/** The first case that matches counts. */
const cases: Record<Speaker, readonly RefusalCase[]> = {
  'api-server': apiServerRefusals,
  kubelet: kubeletRefusals,
  runtime: runtimeRefusals,
  gateway: gatewayRefusals,
}

/** Says what an answer other than success means, and what to do about it. */
export function diagnose(answer: HttpAnswer, call: RefusedCall): KubeletError {
  const { speaker, status, text } = parseRefusal(answer, call.via)
  for (const { code, explain, ...wanted } of cases[speaker]) {
    if ((wanted.status ?? status) !== status || (wanted.via ?? call.via) !== call.via) continue
    const [matched, ...groups] = (wanted.match ?? /^/).exec(text) ?? []
    if (matched === undefined) continue
    const { message, ...options } = explain(call, text, groups)
    return new KubeletError(code, message, options)
  }
  const { namespace, pod, container, node } = call
  return new KubeletError(
    'CHECKPOINT_FAILED',
    `the checkpoint of ${namespace}/${pod}/${container} on ${node} failed with status ${status}: ${quote(text)}`,
    { hint: `The kubelet's log may tell more: journalctl -u kubelet on ${node}` },
  )
}
