import assert from 'node:assert/strict'
import { parseProxy } from '../../../src/remote/cluster/parse-proxy.ts'

const parse = (value: string): URL => parseProxy({ source: 'HTTPS_PROXY', value })

describe('parseProxy', () => {
  for (const value of ['http://p:1/', 'https://ann:pw@p/', 'socks5://p:1', 'socks5h://p:1']) {
    it(`takes ${value}`, () => {
      assert.equal(parse(value).href, value)
    })
  }

  for (const value of ['http://proxy:99999', 'http://', 'ftp://proxy', 'proxy', 'proxy:3128']) {
    it(`says PROXY_INVALID of ${value}, and where it stands`, () => {
      assert.throws(() => parse(value), {
        code: 'PROXY_INVALID',
        message: `HTTPS_PROXY is not an http, https or socks5 URL: ${value}`,
        hint: /HTTPS_PROXY/,
      })
    })
  }

  it('shows no password', () => {
    assert.throws(() => parse('http://ann:p@w@proxy:99999'), { message: /URL: http:\/\/…@proxy:99999$/ })
  })
})
