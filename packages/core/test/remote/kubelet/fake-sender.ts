import type { HttpAnswer, HttpRequest, HttpSender } from '../../../src/remote/cluster/index.ts'
import type { KubeletEndpoint } from '../../../src/remote/kubelet/index.ts'

export interface FakeSender extends HttpSender {
  readonly requests: readonly HttpRequest[]
}

/** Gives every request the same answer. */
export function fakeSender(answer: HttpAnswer): FakeSender {
  const requests: HttpRequest[] = []
  return {
    origin: 'https://test',
    requests,
    async send(request) {
      requests.push(request)
      return answer
    },
  }
}

export const fakeEndpoint = (sender: HttpSender, via: KubeletEndpoint['via'] = 'proxy'): KubeletEndpoint => ({
  node: 'node-a',
  via,
  sender,
  pathPrefix: via === 'proxy' ? '/api/v1/nodes/node-a/proxy' : '',
})
