import { quote } from '../../quote.ts'
import type { HttpAnswer } from '../cluster/index.ts'
import { KubeletError } from './errors.ts'
import { parseRefusal, type Speaker } from './parse-refusal.ts'
import { apiServerRefusals } from './refusals/api-server.ts'
import { kubeletRefusals } from './refusals/kubelet.ts'
import type { RefusalCase, RefusedCall } from './refusals/refusal-case.ts'
import { runtimeRefusals } from './refusals/runtime.ts'

/** The first case that matches counts. */
const cases: Record<Speaker, readonly RefusalCase[]> = {
  'api-server': apiServerRefusals,
  kubelet: kubeletRefusals,
  runtime: runtimeRefusals,
  // Their words are as many as their makers; only the status counts.
  gateway: [],
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
  const { namespace, pod, container, node, via } = call
  // Whoever gives up waiting doesn't know how far the kubelet has come. What the runtime reports has failed.
  if (speaker !== 'runtime' && (status === 408 || status >= 500)) {
    return new KubeletError(
      'CALL_INTERRUPTED',
      `something on the way to the kubelet of ${node} ended the call with status ${status}: ${quote(text)}`,
      {
        hint: `A load balancer may cut calls that are silent for long: raise its idle timeout${
          via === 'proxy' ? ', or ask the kubelet itself with --direct' : ''
        }.`,
      },
    )
  }
  return new KubeletError(
    'CHECKPOINT_FAILED',
    `the checkpoint of ${namespace}/${pod}/${container} on ${node} failed with status ${status}: ${quote(text)}`,
    { hint: `The kubelet's log may tell more: journalctl -u kubelet on ${node}` },
  )
}
