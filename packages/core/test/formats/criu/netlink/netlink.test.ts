import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import {
  CriuError,
  parseInterfaceAddresses,
  parseRoutes,
  parseRules,
} from '@kubectl-checkpoint/core/formats/criu'
import * as saved from './saved-by-ip.ts'

const nameInterface = (index: number): string => ({ 1: 'lo', 2: 'd1', 3: 'd0' })[index] ?? `if${index}`
const parsers: readonly (readonly [string, Buffer, (bytes: Uint8Array) => readonly unknown[]])[] = [
  ['addresses', saved.addresses, (bytes) => parseInterfaceAddresses(bytes, 'ifaddr')],
  ['routes', saved.allRoutes, (bytes) => parseRoutes(bytes, 'route', nameInterface)],
  ['rules', saved.rules, (bytes) => parseRules(bytes, 'rule')],
]

describe('parseInterfaceAddresses', () => {
  it('gives addresses as `ip address` shows them', () => {
    deepEqual(
      parseInterfaceAddresses(saved.addresses, 'ifaddr').map(
        ({ interfaceIndex, address }) => `${nameInterface(interfaceIndex)} ${address}`,
      ),
      [
        'lo 127.0.0.1/8',
        'd0 10.7.0.5/24',
        'd0 192.0.2.1 peer 192.0.2.2/32',
        'lo ::1/128',
        'd1 fe80::40:58ff:fe0b:9022/64',
        'd0 2001:db8::5/64',
        'd0 fe80::784d:85ff:fe4f:7ab7/64',
      ],
    )
  })
})

describe('parseRoutes', () => {
  it('gives routes as `ip route` shows them', () => {
    deepEqual(parseRoutes(saved.routes, 'route', nameInterface), [
      'default via 10.7.0.1 dev d0 metric 100',
      '10.7.0.0/24 dev d0 proto kernel scope link src 10.7.0.5',
      '192.0.2.2 dev d0 proto kernel scope link src 192.0.2.1',
      '192.0.2.128/25 nexthop via 10.7.0.2 dev d0 weight 1 nexthop via 10.7.0.3 dev d0 weight 2',
      '198.51.100.0/24 via 10.7.0.9 dev d0 proto static src 10.7.0.5',
      'blackhole 203.0.113.0/24',
    ])
  })
  it('gives routes of IPv6 as `ip -6 route` does, without their preference', () => {
    deepEqual(parseRoutes(saved.routes6, 'route6', nameInterface), [
      '2001:db8::/64 dev d0 proto kernel metric 256',
      '2001:db8:1::/48 via 2001:db8::1 dev d0 metric 1024',
      'fe80::/64 dev d1 proto kernel metric 256',
      'fe80::/64 dev d0 proto kernel metric 256',
    ])
  })
  it('names the table of a route that is not in the main one', () => {
    const routes = parseRoutes(saved.allRoutes, 'route', nameInterface)
    ok(routes.includes('172.16.0.0/12 dev d0 table 77 scope link'))
    ok(routes.includes('broadcast 10.7.0.255 dev d0 table local proto kernel scope link src 10.7.0.5'))
    ok(routes.includes('local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1'))
  })
})

describe('parseRules', () => {
  it('gives rules as `ip rule` shows them', () => {
    deepEqual(parseRules(saved.rules, 'rule'), [
      '0: from all lookup local',
      '500: from 10.0.0.0/8 to 10.9.0.0/16 lookup 77',
      '501: from all fwmark 0x10/0xff iif d0 lookup 77',
      '502: from all oif d0 prohibit',
      '32766: from all lookup main',
      '32767: from all lookup default',
    ])
  })
})

for (const [what, bytes, parse] of parsers) {
  describe(`what ip(8) saves of ${what}`, () => {
    it('is nothing where there is none', () => {
      deepEqual(parse(bytes.subarray(0, 4)), [])
    })
    it('is refused with another magic word', () => {
      throws(() => parse(Buffer.from('none')), { code: 'BAD_MAGIC' })
    })
    it('ends in a result or a typed error wherever it is cut, and whatever byte is changed', () => {
      let refused = 0
      const attempt = (given: Uint8Array) => {
        try {
          equal(parse(given).length < 1000, true)
        } catch (error) {
          ok(error instanceof CriuError, String(error))
          refused += 1
        }
      }
      for (let length = 0; length < bytes.length; length += 1) attempt(bytes.subarray(0, length))
      equal(refused > bytes.length / 2, true)
      for (let at = 0; at < bytes.length; at += 1) {
        for (const value of [0, 1, 0x7f, 0xff]) attempt(bytes.with(at, value))
      }
    })
  })
}
