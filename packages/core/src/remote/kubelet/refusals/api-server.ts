import { quote } from '../../../quote.ts'
import { findDenial } from '../../cluster/index.ts'
import { directCaveat } from './direct-caveat.ts'
import { checkYourself, grant } from './grant.ts'
import type { RefusalCase } from './refusal-case.ts'

export const apiServerRefusals: readonly RefusalCase[] = [
  {
    code: 'API_UNAUTHORIZED',
    status: 401,
    explain: () => ({
      message: 'the API server does not accept your credentials',
      hint: 'Log in again, or check the user of your context with kubectl auth whoami.',
    }),
  },
  {
    code: 'API_UNAUTHORIZED',
    status: 403,
    match: /User "system:anonymous" cannot/,
    explain: () => ({
      message: 'the API server does not know you: the request had no credentials that it understands',
      hint: 'Log in, or name a user of your kubeconfig that has credentials.',
    }),
  },
  {
    code: 'PROXY_FORBIDDEN',
    status: 403,
    match: /cannot create resource "nodes\/proxy"/,
    explain: ({ node }, text) => ({
      message: `the API server does not let you reach the kubelet of ${node}: ${quote(text)}`,
      ...grant({
        role: 'capture',
        node,
        user: findDenial(text)?.user,
        hint:
          'Have an administrator grant create on nodes/proxy of this node. It opens the whole API of the kubelet, ' +
          `commands in every container of the node included; --direct needs only nodes/checkpoint, but ${directCaveat}`,
        check: checkYourself,
      }),
    }),
  },
  {
    code: 'NODE_NOT_FOUND',
    status: 404,
    match: /^nodes "[^"]*" not found$/,
    explain: ({ node }) => ({
      message: `the cluster has no node ${node}`,
      hint: 'It may just have been removed. List the nodes with kubectl get nodes.',
    }),
  },
  {
    code: 'KUBELET_UNREACHABLE',
    match: /error trying to reach service: (.*(?:x509|certificate|tls: ).*)/s,
    explain: ({ node }, _text, [reason = '']) => ({
      message: `the API server does not trust the kubelet of ${node}: ${quote(reason)}`,
      hint: "Renew the kubelet's serving certificate, or correct --kubelet-certificate-authority of the API server.",
    }),
  },
  {
    code: 'KUBELET_UNREACHABLE',
    match: /error trying to reach service: (.*(?:dial |no route to host|No agent available).*)/s,
    explain: ({ node }, _text, [reason = '']) => ({
      message: `the API server cannot reach the kubelet of ${node}: ${quote(reason)}`,
      hint: 'Look whether the node is Ready and its kubelet runs: systemctl status kubelet on the node.',
    }),
  },
  {
    code: 'CALL_INTERRUPTED',
    match: /error trying to reach service: (.*)/s,
    explain: ({ node }, _text, [reason = '']) => ({
      message: `the API server lost the kubelet of ${node} during the call: ${quote(reason)}`,
      hint: `The kubelet may have been restarted. Look at the node with kubectl describe node ${node}, then try again.`,
    }),
  },
  {
    code: 'KUBELET_UNREACHABLE',
    status: 503,
    explain: ({ node }, text) => ({
      message: `the API server cannot reach the kubelet of ${node}: ${quote(text)}`,
      hint: 'Look whether the API server is healthy and the node is Ready, then try again.',
    }),
  },
]
