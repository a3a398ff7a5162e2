import { findStatus, type HttpAnswer } from '../cluster/index.ts'
import type { KubeletEndpoint } from './endpoint.ts'

/** Whose words an answer is: each of them refuses in a language of its own. */
export type Speaker =
  | 'api-server'
  | 'kubelet'
  /** The container runtime, quoted by the kubelet. */
  | 'runtime'
  /** Something on the way, such as a load balancer. */
  | 'gateway'

export interface Refusal {
  readonly speaker: Speaker
  readonly status: number
  readonly text: string
}

/** All that a kubelet itself says with a 5xx. */
const kubeletFailure = /^(?:checkpointing of |Authorization error \()/
const runtimeFailure = /^checkpointing of \S+ failed \((.*)\)$/s

/** The kubelet answers in plain text and the API server with a `Status`, so the body tells who refused. */
export function parseRefusal(answer: HttpAnswer, via: KubeletEndpoint['via']): Refusal {
  const { status, contentType } = answer
  const text = answer.body.trim()
  const apiStatus = via === 'proxy' ? findStatus(text) : undefined
  if (apiStatus) return { speaker: 'api-server', status, text: apiStatus.message }
  // Proxies like Envoy, too, speak plain text.
  const isForeign = status >= 500 && !kubeletFailure.test(text)
  if (contentType !== 'text/plain' || isForeign) return { speaker: 'gateway', status, text }
  const failure = runtimeFailure.exec(text)?.[1]
  return failure === undefined
    ? { speaker: 'kubelet', status, text }
    : { speaker: 'runtime', status, text: failure }
}
