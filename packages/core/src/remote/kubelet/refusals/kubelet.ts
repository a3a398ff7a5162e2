import { quote } from '../../../quote.ts'
import { directCaveat } from './direct-caveat.ts'
import { checkYourself, grant } from './grant.ts'
import type { RefusalCase } from './refusal-case.ts'

/** Its webhook authorizer's default; longer than it takes to grant the right and to try again. */
const untilHeard = 'The kubelet may go on refusing for half a minute afterwards.'

const forbidden = /^Forbidden \(user=(.*), verb=create, resource=nodes, subresource\(s\)=\[checkpoint\]\)$/s

export const kubeletRefusals: readonly RefusalCase[] = [
  {
    code: 'ENDPOINT_OFF',
    status: 404,
    match: /^404 page not found$/,
    explain: ({ node }) => ({
      message: `the kubelet of ${node} has no checkpoint endpoint`,
      hint:
        "Set both lines in the kubelet's own configuration; the API server's feature gates do not matter. " +
        'The gate exists since Kubernetes 1.25 and is on by default since 1.30.',
      fix: {
        nodeFile: {
          path: '/var/lib/kubelet/config.yaml',
          content: 'featureGates:\n  ContainerCheckpoint: true\nenableDebuggingHandlers: true\n',
          afterwards: 'Restart the kubelet: systemctl restart kubelet. Containers keep running.',
        },
      },
    }),
  },
  {
    code: 'POD_NOT_ON_NODE',
    status: 404,
    match: /^pod does not exist$/,
    explain: ({ namespace, pod, node }) => ({
      message: `the kubelet of ${node} does not run pod ${namespace}/${pod}`,
      hint: `It may have been deleted or replaced in the meantime: kubectl get pod -n ${namespace} -o wide`,
    }),
  },
  {
    code: 'CONTAINER_NOT_IN_POD',
    status: 404,
    match: /^container .* does not exist$/,
    explain: ({ namespace, pod, container }) => ({
      message: `pod ${namespace}/${pod} has no container ${container}`,
      hint: `List its containers with kubectl describe pod -n ${namespace} ${pod}.`,
    }),
  },
  {
    code: 'TIMEOUT_REJECTED',
    match: /^cannot parse value of timeout parameter$/,
    explain: ({ node }) => ({
      message: `the kubelet of ${node} does not accept the timeout`,
      hint: 'Give whole seconds.',
    }),
  },
  {
    code: 'UNEXPECTED_ANSWER',
    match: /^(?:404: Page Not Found|405: Method Not Allowed)$/,
    explain: ({ node }, text) => ({
      message: `the kubelet of ${node} does not know the checkpoint call in this form: ${quote(text)}`,
      hint: 'Its version may be newer or older than this tool knows: kubectl get nodes shows it.',
    }),
  },
  {
    code: 'KUBELET_UNAUTHORIZED',
    status: 401,
    via: 'direct',
    explain: ({ node }) => ({
      message: `the kubelet of ${node} does not accept your credentials`,
      hint:
        'It takes client certificates of the authority in its clientCAFile, and tokens if its webhook ' +
        'authentication is on. Credentials that only the API server understands need the way without --direct.',
    }),
  },
  {
    code: 'KUBELET_UNAUTHORIZED',
    status: 403,
    via: 'direct',
    match: /^Forbidden \(user=system:anonymous,/,
    explain: ({ node }) => ({
      message: `the kubelet of ${node} does not know you: the request had no credentials that it understands`,
      hint: 'Log in, or name a user of your kubeconfig that has a client certificate or a token.',
    }),
  },
  {
    code: 'KUBELET_FORBIDDEN',
    status: 403,
    via: 'direct',
    explain: ({ node }, text) => ({
      message: `the kubelet of ${node} does not let you checkpoint: ${quote(text)}`,
      ...grant({
        role: 'capture-direct',
        node,
        user: forbidden.exec(text)?.[1],
        hint: `Have an administrator grant create on nodes/checkpoint of this node. ${untilHeard}`,
        check: checkYourself,
      }),
    }),
  },
  {
    code: 'API_SERVER_UNAUTHORIZED',
    status: 401,
    via: 'proxy',
    explain: ({ node }) => ({
      message: `the kubelet of ${node} does not accept the API server's credentials`,
      hint:
        "Your own are fine. An administrator must renew the API server's --kubelet-client-certificate, or " +
        "correct the kubelet's clientCAFile.",
    }),
  },
  {
    code: 'API_SERVER_UNAUTHORIZED',
    status: 403,
    via: 'proxy',
    match: /^Forbidden \(user=system:anonymous,/,
    explain: ({ node }) => ({
      message: `the API server shows the kubelet of ${node} no credentials`,
      hint: 'An administrator must set --kubelet-client-certificate and --kubelet-client-key of the API server.',
    }),
  },
  {
    code: 'API_SERVER_FORBIDDEN',
    status: 403,
    via: 'proxy',
    explain: ({ node }, text) => ({
      message: `the kubelet of ${node} does not let the API server checkpoint: ${quote(text)}`,
      ...grant({
        role: 'api-server',
        node,
        user: forbidden.exec(text)?.[1],
        hint:
          'Your own rights are fine. The role system:kubelet-api-admin lacks nodes/checkpoint: have an ' +
          `administrator grant it to the API server's identity. ${untilHeard} Or use --direct, but ${directCaveat}`,
        check:
          "The name in the manifest is what the node claims: compare it with the subject of the API server's " +
          '--kubelet-client-certificate before you apply it.',
      }),
    }),
  },
  {
    code: 'KUBELET_AUTHORIZATION_FAILED',
    status: 500,
    match: /^Authorization error \(user=/,
    explain: ({ node }, text) => ({
      message: `the kubelet of ${node} could not find out whether the call is allowed: ${quote(text)}`,
      hint: 'It asks the API server. Look whether the node reaches it, and into the log: journalctl -u kubelet',
    }),
  },
]
