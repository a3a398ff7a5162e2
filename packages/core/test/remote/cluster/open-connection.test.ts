import assert from 'node:assert/strict'
import type { TLSSocket } from 'node:tls'
import {
  type ConnectHints,
  type Connection,
  type ConnectionSettings,
  getObject,
  openConnection,
  type Pod,
} from '../../../src/remote/cluster/index.ts'
import { message, startExecServer, success } from './support/exec-server.ts'
import { startConnectProxy } from './support/proxies.ts'
import { type Answer, freePort, json, pki, startHttp, startHttps, type TestServer } from './support/server.ts'
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts'

const hints: ConnectHints = {
  unreachable: 'connect it',
  untrusted: 'trust it',
  expired: 'renew it',
  otherName: 'name it',
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('openConnection', () => {
  let folder: TemporaryFolder
  let server: TestServer
  let answer: Answer
  beforeEach(async () => {
    folder = await temporaryFolder()
    answer = (request, response) => json(response, { url: request.url, headers: request.headers })
    server = await startHttps((request, response) => answer(request, response), {
      ca: pki.ca,
      requestCert: true,
      rejectUnauthorized: false,
    })
  })
  afterEach(async () => {
    await server[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  /** With one context, `test`, of this cluster and user; JSON is YAML. */
  async function open(
    cluster: object,
    user: object = {},
    settings: Partial<ConnectionSettings> = {},
  ): Promise<Connection> {
    const kubeconfig = await folder.write(
      'config',
      JSON.stringify({
        'current-context': 'test',
        contexts: [{ name: 'test', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
        clusters: [{ name: 'c', cluster: { 'certificate-authority-data': base64(pki.ca), ...cluster } }],
        users: [{ name: 'u', user }],
      }),
    )
    return openConnection({ kubeconfig, env: {}, homeDirectory: folder.path, ...settings })
  }

  const headersSeenBy = async (connection: Connection) =>
    JSON.parse((await connection.send({ method: 'GET', path: '/' })).body).headers

  it('tells namespace and origin, and reads objects as the user', async () => {
    answer = (request, response) => {
      const { CN } = (request.socket as TLSSocket).getPeerCertificate().subject
      json(response, { metadata: { name: `${request.url} as ${CN}` } })
    }
    await folder.write('client.key', pki.client.key)
    const user = { 'client-certificate-data': base64(pki.client.cert), 'client-key': 'client.key' }
    await using connection = await open({ server: `${server.url.origin}/base` }, user)
    const { namespace, origin } = connection
    assert.deepEqual([namespace, origin], ['shop', server.url.origin])
    const pod = await getObject<Pod>(connection, '/api/v1/namespaces/shop/pods/web-0')
    assert.equal(pod.metadata.name, '/base/api/v1/namespaces/shop/pods/web-0 as stand-in-user')
  })

  it('asks again where the server is too busy', async () => {
    let asked = 0
    answer = (_request, response) => {
      asked += 1
      response.setHeader('retry-after', '0')
      json(response, { metadata: { name: 'web-0' } }, asked === 1 ? 429 : 200)
    }
    await using connection = await open({ server: server.url.origin })
    assert.equal((await getObject<Pod>(connection, '/api/v1/pods/web-0')).metadata.name, 'web-0')
    assert.equal(asked, 2)
  })

  it('takes the flags of the command line', async () => {
    const overrides = { token: 't', as: 'eve', asGroups: ['a', 'b'], namespace: 'n' }
    await using connection = await open({ server: server.url.origin }, {}, { overrides })
    const headers = await headersSeenBy(connection)
    assert.deepEqual(
      [headers.authorization, headers['impersonate-user'], headers['impersonate-group']],
      ['Bearer t', 'eve', 'a, b'],
    )
    assert.equal(connection.namespace, 'n')
  })

  it('asks no kubelet on behalf of somebody else', async () => {
    await using connection = await open({ server: server.url.origin }, {}, { overrides: { as: 'eve' } })
    assert.throws(() => connection.direct(server.url.origin, {}, hints), {
      code: 'IMPERSONATION_UNSUPPORTED',
    })
  })

  it('gives up on answers that take longer than --request-timeout', async () => {
    answer = () => {}
    await using connection = await open(
      { server: server.url.origin },
      {},
      { overrides: { requestTimeoutMs: 50 } },
    )
    await assert.rejects(headersSeenBy(connection), { code: 'REQUEST_TIMED_OUT' })
  })

  it('finds everything in flags where there is no kubeconfig', async () => {
    const certificateAuthority = await folder.write('ca.crt', pki.ca)
    const overrides = { server: server.url.origin, certificateAuthority, token: 't' }
    await using connection = await openConnection({ env: {}, homeDirectory: folder.path, overrides })
    assert.equal((await headersSeenBy(connection)).authorization, 'Bearer t')
    assert.equal(connection.namespace, 'default')
  })

  it('is, without a kubeconfig, the service account of the pod it runs in', async () => {
    await folder.write('account/token', 'pod-token\n')
    await folder.write('account/namespace', 'ops\n')
    await folder.write('account/ca.crt', pki.ca)
    await using connection = await openConnection({
      env: { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: `${server.port}` },
      homeDirectory: folder.path,
      serviceAccountFolder: `${folder.path}/account`,
    })
    assert.equal((await headersSeenBy(connection)).authorization, 'Bearer pod-token')
    assert.equal(connection.namespace, 'ops')
  })

  it('runs commands', async () => {
    await using execServer = await startExecServer()
    await using connection = await open({ server: execServer.url.origin }, { token: 't' })
    const next = execServer.next().then(({ socket, request }) => {
      socket.send(message(1, request.headers.authorization ?? ''))
      socket.send(success)
    })
    await using session = await connection.exec({ namespace: 'n', pod: 'p', container: 'c', command: ['id'] })
    await next
    assert.equal(`${(await session.stdio.toArray()).join('')}`, 'Bearer t')
  })

  it('sends requests to a kubelet with the same credentials, over connections of their own', async () => {
    await using kubelet = await startHttps((request, response) =>
      json(response, { headers: request.headers }),
    )
    const connection = await open({ server: server.url.origin }, { token: 't' })
    const direct = connection.direct(kubelet.url.origin, { certificateAuthority: pki.ca }, hints)
    assert.equal(direct.origin, kubelet.url.origin)
    const { body } = await direct.send({ method: 'POST', path: '/checkpoint/shop/web-0/app' })
    assert.equal(JSON.parse(body).headers.authorization, 'Bearer t')
    const trusting = connection.direct(kubelet.url.origin, { skipVerify: true }, hints)
    assert.equal((await trusting.send({ method: 'GET', path: '/' })).status, 200)
    assert.equal(server.connections(), 0)
    await connection[Symbol.asyncDispose]()
    await assert.rejects(direct.send({ method: 'GET', path: '/' }), { code: 'CONNECTION_LOST' })
  })

  it("gives the kubelet's hints where a kubelet isn't reached or trusted", async () => {
    await using connection = await open({ server: server.url.origin })
    const get = { method: 'GET', path: '/' } as const
    const nothing = `https://127.0.0.1:${await freePort()}`
    for (const [origin, code, hint] of [
      [server.url.origin, 'TLS_UNTRUSTED', hints.untrusted],
      [nothing, 'UNREACHABLE', hints.unreachable],
    ] as const) {
      await assert.rejects(connection.direct(origin, {}, hints).send(get), { code, hint })
    }
  })

  it('goes through the proxy of the cluster, for loopback too', async () => {
    await using proxy = await startConnectProxy(server.port)
    await using connection = await open({ server: server.url.origin, 'proxy-url': proxy.url.href })
    await headersSeenBy(connection)
    assert.deepEqual(proxy.targets, [server.url.host])
  })

  it('goes through the proxy of the environment', async () => {
    await using proxy = await startConnectProxy(server.port)
    const env = { HTTPS_PROXY: proxy.url.href }
    await using connection = await open({ server: 'https://stand-in.test' }, {}, { env })
    await headersSeenBy(connection)
    assert.deepEqual(proxy.targets, ['stand-in.test:443'])
  })

  it('talks to kubectl proxy, which speaks no TLS', async () => {
    await using plain = await startHttp((request, response) => answer(request, response))
    await using connection = await open({ server: plain.url.origin })
    assert.equal((await headersSeenBy(connection)).host, plain.url.host)
  })

  it('says KUBECONFIG_NOT_FOUND where there is none, and where it looked', async () => {
    await assert.rejects(openConnection({ env: {}, homeDirectory: folder.path }), {
      code: 'KUBECONFIG_NOT_FOUND',
      message: `There is no kubeconfig at ${folder.path}/.kube/config`,
    })
  })

  it('says KUBECONFIG_INVALID of an authority that is missing', async () => {
    const cluster = { 'certificate-authority-data': null, 'certificate-authority': 'x' }
    await assert.rejects(open({ server: 'https://a.test', ...cluster }), {
      code: 'KUBECONFIG_INVALID',
      message: /ENOENT/,
    })
  })

  it('says PROXY_INVALID of a proxy of the kubeconfig or the environment that is none', async () => {
    for (const [cluster, env, message] of [
      [{ 'proxy-url': 'proxy' }, {}, /^proxy-url is not .*: proxy$/],
      [{}, { HTTPS_PROXY: 'http://proxy:99999' }, /^HTTPS_PROXY is not .*: http:\/\/proxy:99999$/],
      [{}, { https_proxy: 'ftp://proxy' }, /^HTTPS_PROXY is not .*: ftp:\/\/proxy$/],
    ] as const) {
      await assert.rejects(open({ server: 'https://a.test', ...cluster }, {}, { env }), {
        code: 'PROXY_INVALID',
        message,
      })
    }
  })
})
