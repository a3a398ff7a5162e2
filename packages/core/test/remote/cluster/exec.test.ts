import assert from 'node:assert/strict'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import type { WebSocket } from 'ws'
import { type ExecOptions, openExec } from '../../../src/remote/cluster/exec.ts'
import type { Identity } from '../../../src/remote/cluster/identity.ts'
import type { Endpoint } from '../../../src/remote/cluster/open-socket.ts'
import {
  type ExecServer,
  exitCode,
  message,
  startExecServer,
  startRefusingServer,
  success,
} from './support/exec-server.ts'
import { startConnectProxy } from './support/proxies.ts'
import { freePort, pki } from './support/server.ts'

const where = { namespace: 'shop', pod: 'web-0', container: 'app' }
const label = 'exec in shop/web-0/app'

interface Options extends Partial<ExecOptions>, Partial<Omit<Endpoint, 'url'>> {
  readonly identity?: Identity
  readonly signal?: AbortSignal
}

function open(url: URL, options: Options = {}) {
  const { identity = {}, headers = {}, keepAlive, signal, ...endpoint } = options
  return openExec(
    { url, certificateAuthority: pki.ca, ...endpoint },
    { read: async () => identity },
    { ...where, command: ['sh', '-c', 'a & b'], ...(signal ? { signal } : {}) },
    { headers, ...(keepAlive ? { keepAlive } : {}) },
  )
}

/** The message that the client sends next. */
const received = async (socket: WebSocket): Promise<Buffer> => (await once(socket, 'message'))[0]

describe('openExec', () => {
  let server: ExecServer
  beforeEach(async () => {
    server = await startExecServer()
  })
  afterEach(() => server[Symbol.asyncDispose]())

  /** A session and the server's end of it. */
  async function connect(options: Options = {}, from = server) {
    const [{ socket, request }, session] = await Promise.all([from.next(), open(from.url, options)])
    return { socket, request, session }
  }

  it('asks for the command under its path, with credentials and impersonation', async () => {
    await using proxy = await startConnectProxy(server.port)
    const [{ request }, session] = await Promise.all([
      server.next(),
      open(new URL('https://stand-in.test/k8s/c-1'), {
        proxy: proxy.url,
        identity: { authorization: 'Bearer t', certificate: pki.client },
        headers: { 'impersonate-user': 'eve' },
      }),
    ])
    assert.equal(
      request.url,
      '/k8s/c-1/api/v1/namespaces/shop/pods/web-0/exec' +
        '?container=app&stdin=true&stdout=true&stderr=true&command=sh&command=-c&command=a+%26+b',
    )
    const { authorization, 'impersonate-user': user, 'sec-websocket-protocol': protocols } = request.headers
    assert.deepEqual(
      [authorization, user, protocols],
      ['Bearer t', 'eve', 'v5.channel.k8s.io,v4.channel.k8s.io'],
    )
    assert.equal((request.socket as TLSSocket).getPeerCertificate().subject.CN, 'stand-in-user')
    assert.deepEqual(proxy.targets, ['stand-in.test:443'])
    await session[Symbol.asyncDispose]()
  })

  it('reads stdout to its end, keeps stderr, and tells the exit code', async () => {
    const { socket, session } = await connect()
    for (const sent of [
      message(1, 'one '),
      message(2, 'oops'),
      message(1, ''),
      message(1, 'two'),
      exitCode(3),
    ]) {
      socket.send(sent)
    }
    assert.equal(await text(session.stdio), 'one two')
    assert.equal(session.stderr(), 'oops')
    assert.deepEqual(await session.status, {
      exitCode: 3,
      message: 'command terminated with non-zero exit code: exit status 3',
    })
  })

  it('misses nothing that comes together with the handshake', async () => {
    const next = server.next().then(({ socket }) => {
      socket.send(message(1, 'early'))
      socket.send(success)
      socket.close()
    })
    const session = await open(server.url)
    await next
    assert.equal(await text(session.stdio), 'early')
    assert.equal((await session.status).exitCode, 0)
  })

  it('keeps the last 64 KiB of stderr', async () => {
    const { socket, session } = await connect()
    for (let i = 0; i < 10; i += 1) socket.send(message(2, `${i}`.repeat(10_000)))
    socket.send(success)
    await session.status
    assert.equal(session.stderr().length, 65_536)
    assert.match(session.stderr(), /^3+4+5+6+7+8+9{10000}$/)
  })

  it('closes the connection when the command has ended', async () => {
    const { socket, session } = await connect()
    socket.send(success)
    await Promise.all([once(socket, 'close'), session.status])
  })

  it('sends stdin, and its end', async () => {
    const { socket, session } = await connect()
    session.stdio.end('hello')
    assert.deepEqual(await received(socket), Buffer.from('\0hello'))
    assert.deepEqual(await received(socket), Buffer.of(255, 0))
    socket.send(message(1, 'still here'))
    socket.send(success)
    assert.equal(await text(session.stdio), 'still here')
  })

  it('takes v4 from older servers, which cannot be told that stdin ends', async () => {
    await using old = await startExecServer(['v4.channel.k8s.io'])
    const { socket, session } = await connect({}, old)
    const messages: Buffer[] = []
    socket.on('message', (data: Buffer) => messages.push(data))
    session.stdio.end('hello')
    await once(socket, 'message')
    socket.send(success)
    await Promise.all([once(socket, 'close'), text(session.stdio)])
    assert.deepEqual(messages, [Buffer.from('\0hello')])
  })

  it('lets what is written after the end go nowhere', async () => {
    const { socket, session } = await connect()
    socket.send(message(1, 'unread'))
    socket.send(success)
    await Promise.all([once(socket, 'close'), session.status])
    await new Promise((resolve) => session.stdio.write('too late', resolve))
    assert.equal(await text(session.stdio), 'unread')
  })

  it('receives no faster than it is read: of 200 MB to an idle reader, most stay with the server', async () => {
    const { socket, session } = await connect()
    const chunk = message(1, Buffer.alloc(1_000_000))
    const [before, chunks] = [process.memoryUsage().rss, 200]
    let sent = 0
    // Some MB fit into the buffers of the kernel; the send that doesn't finish counts as sent later on.
    while (sent < chunks && (await doneSoon((done) => socket.send(chunk, done)))) sent += 1
    assert.ok(0 < sent && sent < 32, `${sent} MB were sent`)
    assert.ok(process.memoryUsage().rss - before < 100_000_000, 'the memory stays flat')
    for (sent += 1; sent < chunks; sent += 1) socket.send(chunk)
    socket.send(success)
    let read = 0
    for await (const bytes of session.stdio as AsyncIterable<Uint8Array>) read += bytes.length
    assert.equal(read, chunks * 1_000_000)
  })

  it('takes stdin no faster than the server does', async () => {
    const { socket, session } = await connect()
    socket.pause()
    const chunk = Buffer.alloc(1_000_000)
    let taken = 0
    // Some MB fit into the buffers of the kernel; what doesn't stays with the writer.
    while (taken < 200 && (await doneSoon((done) => session.stdio.write(chunk, done)))) taken += 1
    assert.ok(0 < taken && taken < 32, `${taken} MB were taken`)
    await session[Symbol.asyncDispose]()
  })

  it('says EXEC_LOST to reader and waiter if the connection breaks', async () => {
    const { socket, session } = await connect()
    socket.send(message(1, 'half'), () => socket.terminate())
    await assert.rejects(text(session.stdio), {
      code: 'EXEC_LOST',
      message: `${label}: the connection broke before the command ended (1006)`,
    })
    await assert.rejects(session.status, { code: 'EXEC_LOST' })
  })

  it('says EXEC_LOST if the server closes without a status', async () => {
    const { socket, session } = await connect()
    socket.close(1000)
    await assert.rejects(session.status, { code: 'EXEC_LOST', message: /\(1000\)$/ })
  })

  it('says EXEC_LOST of a message that is too long', async () => {
    const { socket, session } = await connect()
    socket.send(message(1, Buffer.alloc(5_000_000)))
    await assert.rejects(session.status, { code: 'EXEC_LOST', message: /Max payload size exceeded/ })
  })

  it('ends no process when nobody listens', async () => {
    const { socket, session } = await connect()
    socket.terminate()
    await new Promise((resolve) => session.stdio.once('close', resolve))
  })

  it('says EXEC_REFUSED if the command never ran', async () => {
    const { socket, session } = await connect()
    socket.send(message(3, JSON.stringify({ status: 'Failure', message: 'exec: "dd": not found' })))
    await assert.rejects(session.status, { code: 'EXEC_REFUSED', message: `${label}: exec: "dd": not found` })
    await assert.rejects(text(session.stdio), { code: 'EXEC_REFUSED' })
  })

  describe('keeps the connection alive', () => {
    it('pings, and takes the answers as signs of life', async () => {
      const { socket, session } = await connect({ keepAlive: { pingEveryMs: 5, deadAfterMs: 10_000 } })
      await once(socket, 'ping')
      await once(socket, 'ping')
      socket.send(success)
      assert.equal((await session.status).exitCode, 0)
    })

    it('says EXEC_LOST of a server that has gone silent', async () => {
      const { socket, session } = await connect({ keepAlive: { pingEveryMs: 5, deadAfterMs: 50 } })
      socket.pause()
      await assert.rejects(session.status, {
        code: 'EXEC_LOST',
        message: `${label}: the connection has been silent for 0.05 s`,
      })
    })

    it('is patient with a reader who is slow', async () => {
      const { socket, session } = await connect({ keepAlive: { pingEveryMs: 5, deadAfterMs: 200 } })
      // More than stdio holds, so that the client pauses; its pings go on.
      for (let i = 0; i < 4; i += 1) socket.send(message(1, Buffer.alloc(100_000)))
      const pings = Array.from({ length: 60 }, () => 'ping')
      for (const ping of pings) await once(socket, ping)
      socket.send(success)
      assert.equal((await text(session.stdio)).length, 400_000)
    })
  })

  describe('when it is given up', () => {
    it('throws the reason of an abort as it is, before and after the start', async () => {
      const reason = new Error('stop')
      await assert.rejects(
        open(server.url, { signal: AbortSignal.abort(reason) }),
        (error) => error === reason,
      )
      const controller = new AbortController()
      const { socket, session } = await connect({ signal: controller.signal })
      controller.abort(reason)
      await assert.rejects(text(session.stdio), (error) => error === reason)
      await assert.rejects(session.status, (error) => error === reason)
      if (socket.readyState !== socket.CLOSED) await once(socket, 'close')
    })

    it('throws the reason of an abort during the handshake', async () => {
      const reason = new Error('stop')
      const controller = new AbortController()
      server.server.removeAllListeners('upgrade').on('upgrade', () => controller.abort(reason))
      await assert.rejects(open(server.url, { signal: controller.signal }), (error) => error === reason)
    })

    it('closes the connection when it is disposed of', async () => {
      const { socket, session } = await connect()
      await Promise.all([once(socket, 'close'), session[Symbol.asyncDispose]()])
      await assert.rejects(session.status, { code: 'EXEC_LOST', message: /closed before the command ended/ })
    })
  })

  describe('when it is refused', () => {
    const status = (text: string) => JSON.stringify({ kind: 'Status', status: 'Failure', message: text })
    for (const [code, body, words, hint, expected = 'EXEC_REFUSED'] of [
      [401, status('Unauthorized'), 'Unauthorized', /Log in again/, 'UNAUTHORIZED'],
      [403, status('pods "web-0" is forbidden'), 'pods "web-0" is forbidden', /pods\/exec/, 'FORBIDDEN'],
      [404, status('pods "web-0" not found'), 'pods "web-0" not found', undefined, 'OBJECT_NOT_FOUND'],
      [502, '<html>bad gateway\n', '<html>bad gateway', undefined],
      [503, '', 'Refused', undefined],
    ] as const) {
      it(`says ${expected} in the words of a ${code}: ${words}`, async () => {
        await using refusing = await startRefusingServer(code, body)
        await assert.rejects(open(refusing.url), {
          code: expected,
          message: `${label}: ${code} ${words}`,
          ...(hint ? { hint } : {}),
        })
      })
    }

    it('says UNREACHABLE where nothing listens', async () => {
      await assert.rejects(open(new URL(`https://127.0.0.1:${await freePort()}`)), { code: 'UNREACHABLE' })
    })

    it('says TLS_UNTRUSTED of an unknown authority', async () => {
      await assert.rejects(open(server.url, { certificateAuthority: undefined }), { code: 'TLS_UNTRUSTED' })
    })

    it('says CONNECTION_LOST of a handshake that is cut', async () => {
      server.server.removeAllListeners('upgrade').on('upgrade', (_request, tcp) => tcp.destroy())
      await assert.rejects(open(server.url), { code: 'CONNECTION_LOST', message: /gave no complete answer/ })
    })

    it('says CONNECTION_LOST of a server that speaks none of the protocols', async () => {
      await using other = await startExecServer(['v1.channel.k8s.io'])
      await assert.rejects(open(other.url), { code: 'CONNECTION_LOST', message: /no subprotocol/ })
    })
  })
})

/** False if `start` hasn't called back after many turns of the event loop. */
async function doneSoon(start: (done: () => void) => void): Promise<boolean> {
  let done = false
  start(() => {
    done = true
  })
  for (let turns = 0; turns < 2000 && !done; turns += 1) await turn()
  return done
}
