import type { ConnectHints } from '../cluster/index.ts'

/** For asking the kubelet of `node` directly. */
export const kubeletHints = (node: string): ConnectHints => ({
  unreachable: `Look whether ${node} is Ready and this machine may connect to it there; without --direct the API server asks it.`,
  untrusted:
    `Name the authority that signed the certificate of ${node}'s kubelet with --kubelet-certificate-authority; ` +
    '--kubelet-insecure-tls trusts whoever answers at that address.',
  expired:
    `Renew the serving certificate of ${node}'s kubelet; until then --kubelet-insecure-tls trusts whoever answers at ` +
    'that address.',
  otherName:
    `The serving certificate of ${node}'s kubelet must name that address: renew it, or leave out --direct; ` +
    '--kubelet-insecure-tls trusts whoever answers there.',
})
