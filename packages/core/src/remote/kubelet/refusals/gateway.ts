import { quote } from '../quote.ts'
import type { RefusalCase } from './refusal-case.ts'

export const gatewayRefusals: readonly RefusalCase[] = [502, 503, 504].map((status) => ({
  code: 'CALL_INTERRUPTED',
  status,
  explain: ({ node }, text) => ({
    message: `something on the way to the kubelet of ${node} ended the call with status ${status}: ${quote(text)}`,
    hint:
      'A load balancer may cut calls that are silent for long: raise its idle timeout, or ask the kubelet itself ' +
      'with --direct.',
  }),
}))
