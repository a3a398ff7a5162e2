import { BlockList, isIP } from 'node:net'
import type { ProxySetting } from './parse-proxy.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for `url`, by the rules of Go's net/http, which are
 * kubectl's: loopback is never proxied, NO_PROXY takes names, `.suffixes`, addresses and CIDR blocks, and a proxy
 * without a scheme is an http one.
 */
export function findProxy(url: URL, env: Environment): ProxySetting | undefined {
  const source = url.protocol === 'http:' ? 'HTTP_PROXY' : 'HTTPS_PROXY'
  const proxy = env[source] || env[source.toLowerCase()]
  if (!proxy || isLoopback(hostOf(url)) || isExcluded(url, env.NO_PROXY || env.no_proxy || ''))
    return undefined
  return { source, value: proxy.includes('://') ? proxy : `http://${proxy}` }
}

/** Without the brackets of an IPv6 address. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

export const portOf = (url: URL): number => Number(url.port) || (defaultPorts[url.protocol] ?? 443)

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'socks5:': 1080, 'socks5h:': 1080 }

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host)

function isExcluded(url: URL, noProxy: string): boolean {
  return noProxy
    .split(',')
    .map((rule) => rule.trim().toLowerCase())
    .filter((rule) => rule !== '')
    .some((rule) => matches(rule, hostOf(url), portOf(url)))
}

function matches(rule: string, host: string, port: number): boolean {
  if (rule === '*') return true
  const [, block, prefix] = /^([\da-f.:]+)\/(\d+)$/.exec(rule) ?? []
  if (block && prefix) return isInBlock(block, Number(prefix), host)
  const [, ruleHost = rule, rulePort] = /^\[?(.+?)\]?:(\d+)$/.exec(isIP(rule) ? '' : rule) ?? []
  if (rulePort && Number(rulePort) !== port) return false
  if (ruleHost.startsWith('.') || ruleHost.startsWith('*.')) return host.endsWith(ruleHost.replace(/^\*/, ''))
  return host === ruleHost || (!isIP(host) && host.endsWith(`.${ruleHost}`))
}

function isInBlock(block: string, prefix: number, host: string): boolean {
  const family = isIP(block)
  if (family === 0 || isIP(host) !== family || prefix > (family === 4 ? 32 : 128)) return false
  const blocks = new BlockList()
  const type = family === 4 ? 'ipv4' : 'ipv6'
  blocks.addSubnet(block, prefix, type)
  return blocks.check(host, type)
}
