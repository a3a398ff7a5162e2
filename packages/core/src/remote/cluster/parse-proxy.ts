import { ClusterError } from './errors.ts'

export interface ProxySetting {
  /** The variable or the field of the kubeconfig. */
  readonly source: string
  readonly value: string
}

/** @throws {ClusterError} PROXY_INVALID unless it is an `http:`, `https:`, `socks5:` or `socks5h:` URL. */
export function parseProxy({ source, value }: ProxySetting): URL {
  const proxy = URL.canParse(value) ? new URL(value) : undefined
  if (proxy && /^(https?|socks5h?):$/.test(proxy.protocol)) return proxy
  const shown = value.replace(/\/\/.*@/, '//…@')
  throw new ClusterError('PROXY_INVALID', `${source} is not an http, https or socks5 URL: ${shown}`, {
    hint: `Write ${source} like http://proxy.example:3128, or leave it out.`,
  })
}
