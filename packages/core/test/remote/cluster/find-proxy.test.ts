import assert from 'node:assert/strict'
import { findProxy } from '../../../src/remote/cluster/find-proxy.ts'

const proxied = (url: string, NO_PROXY?: string): boolean =>
  findProxy(new URL(url), { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY }) !== undefined

describe('findProxy', () => {
  for (const [env, url, proxy] of [
    [{ HTTPS_PROXY: 'http://p:1' }, 'https://a.test', 'http://p:1'],
    [{ https_proxy: 'p:1' }, 'https://a.test', 'http://p:1'],
    [{ HTTPS_PROXY: 'socks5://p:1' }, 'https://a.test', 'socks5://p:1'],
    [{ HTTPS_PROXY: 'http://p:1' }, 'http://a.test', undefined],
    [{ HTTP_PROXY: 'http://p:1' }, 'http://a.test', 'http://p:1'],
    [{ ALL_PROXY: 'http://p:1' }, 'https://a.test', undefined],
    [{}, 'https://a.test', undefined],
    [{ https_proxy: '' }, 'https://a.test', undefined],
  ] as const) {
    it(`answers ${proxy} for ${url} with ${JSON.stringify(env)}`, () => {
      assert.equal(findProxy(new URL(url), env)?.value, proxy)
    })
  }

  for (const [url, noProxy, through] of [
    ['https://localhost:6443', '', false],
    ['https://127.0.0.1:6443', '', false],
    ['https://[::1]:6443', '', false],
    ['https://a.test', '*', false],
    ['https://a.test', 'test', false],
    ['https://test', 'test', false],
    ['https://test', '.test', true],
    ['https://a.test', '.test', false],
    ['https://a.test', '*.test', false],
    ['https://protest', 'test', true],
    ['https://a.test', 'b.test, A.TEST', false],
    ['https://a.test:6443', 'a.test:6443', false],
    ['https://a.test', 'a.test:6443', true],
    ['https://10.1.2.3', '10.0.0.0/8', false],
    ['https://11.1.2.3', '10.0.0.0/8', true],
    ['https://10.1.2.3', '10.0.0.0/99', true],
    ['https://a.test', '10.0.0.0/8', true],
    ['https://10.1.2.3', '2.3', true],
    ['https://[fd00::5]', 'fd00::/8', false],
    ['https://[fd00::5]', 'fd00::5', false],
    ['https://[fd00::5]:6443', '[fd00::5]:6443', false],
  ] as const) {
    it(`${through ? 'proxies' : 'connects directly to'} ${url} with NO_PROXY=${noProxy}`, () => {
      assert.equal(proxied(url, noProxy), through)
    })
  }
})
