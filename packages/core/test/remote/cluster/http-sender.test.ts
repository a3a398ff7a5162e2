import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { type HttpSenderOptions, openHttpSender } from '../../../src/remote/cluster/http-sender.ts'
import type { Identity } from '../../../src/remote/cluster/identity.ts'
import type { Endpoint } from '../../../src/remote/cluster/open-socket.ts'
import { startConnectProxy, startSocksProxy } from './support/proxies.ts'
import {
  type Answer,
  freePort,
  json,
  listen,
  pki,
  startHttp,
  startHttps,
  type TestServer,
} from './support/server.ts'

const anonymous: Identity = {}

/** A sender to `url` that trusts the tests' authority, as `identity`. */
function open(
  url: URL,
  options: Partial<HttpSenderOptions & Omit<Endpoint, 'url'> & { identity: Identity }> = {},
) {
  const { identity = anonymous, headers = {}, timeoutMs = 0, maxBodyLength = 1e9, ...endpoint } = options
  return openHttpSender(
    { url, certificateAuthority: pki.ca, ...endpoint },
    { read: async () => identity },
    { headers, timeoutMs, maxBodyLength },
  )
}

const get = { method: 'GET', path: '/' } as const

describe('openHttpSender', () => {
  describe('towards a server', () => {
    let server: TestServer
    let answer: Answer
    beforeEach(async () => {
      server = await startHttps((request, response) => answer(request, response), {
        ca: pki.ca,
        requestCert: true,
        rejectUnauthorized: false,
      })
    })
    afterEach(() => server[Symbol.asyncDispose]())

    it('sends method, path, query, headers and JSON', async () => {
      let seen: unknown
      answer = async (request, response) => {
        let body = ''
        for await (const chunk of request) body += chunk
        const { authorization, 'content-type': type, 'impersonate-group': groups } = request.headers
        seen = { method: request.method, url: request.url, authorization, type, groups, body }
        json(response, { fine: true }, 201)
      }
      await using sender = open(new URL('/k8s/clusters/c-1/', server.url), {
        identity: { authorization: 'Bearer t' },
        headers: { 'impersonate-group': ['a', 'b'] },
      })
      const query = { timeout: '5', missing: undefined }
      const got = await sender.send({ method: 'POST', path: '/api/v1/pods/a%2Fb', query, body: { a: 1 } })
      assert.deepEqual(got, { status: 201, contentType: 'application/json', body: '{"fine":true}' })
      assert.deepEqual(seen, {
        method: 'POST',
        url: '/k8s/clusters/c-1/api/v1/pods/a%2Fb?timeout=5',
        authorization: 'Bearer t',
        type: 'application/json',
        groups: 'a, b',
        body: '{"a":1}',
      })
      assert.equal(sender.origin, server.url.origin)
    })

    it('says of a patch that it is to be merged', async () => {
      let type: string | undefined
      answer = (request, response) => {
        type = request.headers['content-type']
        json(response, {})
      }
      await using sender = open(server.url)
      await sender.send({ method: 'PATCH', path: '/', body: {} })
      assert.equal(type, 'application/merge-patch+json')
    })

    it('tells when a request goes out, before the answer, and never of one that does not', async () => {
      const seen: string[] = []
      answer = (_request, response) => {
        seen.push('arrived')
        json(response, {})
      }
      await using sender = open(server.url)
      const onSent = () => seen.push('sent')
      await sender.send({ ...get, onSent })
      assert.deepEqual(seen, ['sent', 'arrived'])
      await using nowhere = open(new URL(`https://127.0.0.1:${await freePort()}`))
      await assert.rejects(nowhere.send({ ...get, onSent }), { code: 'UNREACHABLE' })
      assert.deepEqual(seen, ['sent', 'arrived'])
    })

    it('sends twenty requests over kept connections', async () => {
      answer = (_request, response) => json(response, {})
      await using sender = open(server.url)
      for (let i = 0; i < 20; i += 1) await sender.send(get)
      // A second one where the first hasn't noticed yet that its answer is complete.
      assert.ok(server.connections() <= 2)
    })

    it('has no more than 256 connections, and the rest of the requests wait', async () => {
      const { promise: mayAnswer, resolve: letAnswer } = Promise.withResolvers<void>()
      const { promise: isFull, resolve: setFull } = Promise.withResolvers<void>()
      answer = async (_request, response) => {
        if (server.connections() === 256) setFull()
        await mayAnswer
        json(response, {})
      }
      await using sender = open(server.url)
      const answers = Promise.all(Array.from({ length: 300 }, () => sender.send(get)))
      await isFull
      letAnswer()
      assert.equal((await answers).length, 300)
      assert.equal(server.connections(), 256)
    })

    it('says when a server that is busy wants to be asked again', async () => {
      const seen: unknown[] = []
      await using sender = open(server.url)
      for (const [name, value] of [
        ['retry-after', '7'],
        ['retry-after', 'Wed, 21 Oct 2026 07:28:00 GMT'],
        ['x-other', '7'],
      ] as const) {
        answer = (_request, response) => {
          response.setHeader(name, value)
          json(response, {}, 429)
        }
        seen.push((await sender.send(get)).retryAfterSeconds)
      }
      assert.deepEqual(seen, [7, undefined, undefined])
    })

    it('presents the client certificate, and a renewed one over a new connection', async () => {
      answer = (request, response) =>
        json(response, (request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody')
      const identities: Identity[] = [anonymous, { certificate: pki.client }, { certificate: pki.client }]
      await using sender = openHttpSender(
        { url: server.url, certificateAuthority: pki.ca },
        { read: async () => identities.shift() ?? anonymous },
        { headers: {}, timeoutMs: 0 },
      )
      const names = [await sender.send(get), await sender.send(get), await sender.send(get)].map(
        ({ body }) => body,
      )
      assert.deepEqual(names, ['"nobody"', '"stand-in-user"', '"stand-in-user"'])
    })

    it('refuses an unknown authority with TLS_UNTRUSTED', async () => {
      await using sender = open(server.url, { certificateAuthority: undefined })
      await assert.rejects(sender.send(get), { code: 'TLS_UNTRUSTED', hint: /--certificate-authority/ })
    })

    it('refuses a certificate for another name with TLS_UNTRUSTED', async () => {
      await using sender = open(server.url, { serverName: 'other.test' })
      await assert.rejects(sender.send(get), { code: 'TLS_UNTRUSTED', hint: /--tls-server-name/ })
    })

    it('accepts the name of --tls-server-name, and anything with --insecure-skip-tls-verify', async () => {
      answer = (request, response) =>
        json(response, (request.socket as TLSSocket & { servername: string }).servername)
      await using named = open(server.url, { serverName: 'stand-in.test' })
      assert.equal((await named.send(get)).body, '"stand-in.test"')
      await using careless = open(server.url, { certificateAuthority: undefined, skipVerify: true })
      assert.equal((await careless.send(get)).status, 200)
    })

    it('gives up after the timeout with REQUEST_TIMED_OUT', async () => {
      answer = () => {}
      await using sender = open(server.url, { timeoutMs: 30 })
      await assert.rejects(sender.send(get), {
        code: 'REQUEST_TIMED_OUT',
        message: `${server.url.origin} has not answered in 0.03 s`,
      })
    })

    it('gives up in the middle of a body with REQUEST_TIMED_OUT', async () => {
      answer = (_request, response) => void response.write('half')
      await using sender = open(server.url)
      await assert.rejects(sender.send({ ...get, timeoutMs: 100 }), { code: 'REQUEST_TIMED_OUT' })
    })

    it('lets a request take longer than the connection says', async () => {
      answer = (_request, response) => void setTimeout(() => json(response, {}), 60)
      await using sender = open(server.url, { timeoutMs: 30 })
      assert.equal((await sender.send({ ...get, timeoutMs: 0 })).status, 200)
    })

    it('throws the reason of an abort as it is, and cuts the request', async () => {
      const controller = new AbortController()
      const reason = new Error('stop')
      const arrived = Promise.withResolvers<ServerResponse>()
      answer = (_request, response) => arrived.resolve(response)
      await using sender = open(server.url)
      const sending = sender.send({ ...get, signal: controller.signal })
      const closed = once(await arrived.promise, 'close')
      controller.abort(reason)
      await assert.rejects(sending, (error) => error === reason)
      await closed
    })

    it('throws the reason of an abort while credentials are still read', async () => {
      const reason = new Error('stop')
      const forever = { read: () => new Promise<Identity>(() => {}) }
      await using sender = openHttpSender({ url: server.url }, forever, { headers: {}, timeoutMs: 0 })
      const controller = new AbortController()
      const sending = sender.send({ ...get, signal: controller.signal })
      controller.abort(reason)
      await assert.rejects(sending, (error) => error === reason)
    })

    it('says CONNECTION_LOST of a connection cut before the answer, and asks only once', async () => {
      let asked = 0
      answer = (request) => {
        asked += 1
        request.socket.destroy()
      }
      await using sender = open(server.url)
      await assert.rejects(sender.send(get), { code: 'CONNECTION_LOST', hint: /may have arrived/ })
      assert.equal(asked, 1)
    })

    it('says CONNECTION_LOST of a connection cut in the middle of the answer', async () => {
      answer = (_request, response) => {
        response.writeHead(200, { 'content-length': 9 })
        response.write('half', () => response.destroy())
      }
      await using sender = open(server.url)
      await assert.rejects(sender.send(get), { code: 'CONNECTION_LOST' })
    })

    it('says CONNECTION_LOST of a kept connection that the server has given up, and asks once', async () => {
      let asked = 0
      answer = (request, response) => {
        asked += 1
        if (asked === 1) json(response, {})
        else request.socket.destroy()
      }
      await using sender = open(server.url)
      await sender.send(get)
      await assert.rejects(sender.send(get), { code: 'CONNECTION_LOST' })
      assert.equal(asked, 2)
    })

    it('refuses an answer that is too long with API_FAILED', async () => {
      answer = (_request, response) => void response.end(Buffer.alloc(2000))
      await using sender = open(server.url, { maxBodyLength: 1999 })
      await assert.rejects(sender.send(get), { code: 'API_FAILED', message: /more than 1999 bytes/ })
    })

    it('follows no redirect', async () => {
      answer = (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end()
      await using sender = open(server.url)
      assert.equal((await sender.send(get)).status, 302)
    })

    it('cuts what still runs when it is closed', async () => {
      const arrived = Promise.withResolvers<void>()
      answer = () => arrived.resolve()
      const sender = open(server.url)
      const sending = sender.send(get)
      await arrived.promise
      await Promise.all([assert.rejects(sending, { code: 'CONNECTION_LOST' }), sender[Symbol.asyncDispose]()])
    })

    it('stops connecting when it is closed', async () => {
      await using silent = await listen(createServer(() => {}))
      for (const proxy of [
        undefined,
        new URL(`http://127.0.0.1:${silent.port}`),
        new URL(`socks5://127.0.0.1:${silent.port}`),
      ]) {
        const sender = open(new URL(`https://127.0.0.1:${silent.port}`), { proxy })
        const connected = once(silent.server, 'connection')
        const sending = sender.send(get)
        const [socket] = await connected
        // The client's first words: it waits for an answer now.
        await once(socket, 'data')
        await Promise.all([
          once(socket, 'close'),
          assert.rejects(sending, { code: 'CONNECTION_LOST' }),
          sender[Symbol.asyncDispose](),
        ])
      }
    })

    describe('through a proxy', () => {
      const target = new URL('https://stand-in.test:6443')

      it('connects by CONNECT, with the password of the URL, over kept connections', async () => {
        answer = (_request, response) => json(response, {})
        await using proxy = await startConnectProxy(server.port, { authorization: 'Basic YW5uOnA6dw==' })
        await using sender = open(target, { proxy: new URL(`http://ann:p%3Aw@127.0.0.1:${proxy.port}`) })
        for (let i = 0; i < 20; i += 1) await sender.send(get)
        assert.ok(proxy.targets.length <= 2)
        assert.equal(proxy.targets[0], 'stand-in.test:6443')
      })

      it('speaks TLS with the proxy and, inside of that, with the server', async () => {
        answer = (_request, response) => json(response, {})
        await using proxy = await startConnectProxy(server.port, { tls: true })
        await using sender = open(target, { proxy: proxy.url })
        assert.equal((await sender.send(get)).status, 200)
        assert.deepEqual(proxy.targets, ['stand-in.test:6443'])
      })

      it('connects through SOCKS5, and leaves names to it', async () => {
        answer = (_request, response) => json(response, {})
        await using proxy = await startSocksProxy(server.port)
        await using sender = open(target, { proxy: proxy.url })
        assert.equal((await sender.send(get)).status, 200)
        assert.deepEqual(proxy.targets, ['stand-in.test:6443'])
      })

      it('says UNREACHABLE in the words of a proxy that refuses', async () => {
        await using proxy = await startConnectProxy(server.port, { authorization: 'other' })
        await using sender = open(target, { proxy: proxy.url })
        await assert.rejects(sender.send(get), { code: 'UNREACHABLE', message: /answers 407 Proxy Auth/ })
      })

      for (const scheme of ['http', 'socks5']) {
        it(`says UNREACHABLE where no ${scheme} proxy listens`, async () => {
          const proxy = new URL(`${scheme}://127.0.0.1:${await freePort()}`)
          await using sender = open(target, { proxy })
          await assert.rejects(sender.send(get), { code: 'UNREACHABLE', message: /stand-in\.test/ })
        })
      }
    })
  })

  it('sends no authorization without TLS', async () => {
    await using server = await startHttp((request, response) =>
      json(response, request.headers.authorization ?? 'none'),
    )
    await using sender = open(server.url, { identity: { authorization: 'Bearer t' } })
    assert.equal((await sender.send(get)).body, '"none"')
  })

  it('says UNREACHABLE where nothing listens, with the address', async () => {
    const url = new URL(`https://127.0.0.1:${await freePort()}`)
    await using sender = open(url)
    await assert.rejects(sender.send(get), {
      code: 'UNREACHABLE',
      message: `${url.origin} cannot be reached: nothing listens there`,
    })
  })

  it('says UNREACHABLE of a host that does not exist', async () => {
    await using sender = open(new URL('https://nowhere.invalid'))
    await assert.rejects(sender.send(get), {
      code: 'UNREACHABLE',
      message: /nowhere\.invalid cannot be reached/,
    })
  })

  it('says UNREACHABLE of a server that speaks no TLS', async () => {
    await using server = await startHttp(() => {})
    await using sender = open(new URL(`https://127.0.0.1:${server.port}`))
    await assert.rejects(sender.send(get), { code: 'UNREACHABLE' })
  })
})
