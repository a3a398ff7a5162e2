import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openCredentials } from '../../../src/remote/cluster/credentials.ts'
import type { UserOfCluster } from '../../../src/remote/cluster/identity.ts'
import type { Cluster, ExecPlugin, User } from '../../../src/remote/cluster/kubeconfig.ts'
import { pki } from './support/server.ts'
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('openCredentials', () => {
  let folder: TemporaryFolder
  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(() => folder[Symbol.asyncDispose]())

  const open = (user: User, more: Partial<UserOfCluster> = {}, now = () => 0) =>
    openCredentials({ userName: 'ann', user, cluster: {}, env: {}, ...more }, { now })

  for (const [what, user, authorization] of [
    ['a token', { token: 't' }, 'Bearer t'],
    ['a password', { username: 'ann', password: 'pw' }, 'Basic YW5uOnB3'],
    ['nothing', {}, undefined],
  ] as const) {
    it(`makes ${authorization} of ${what}`, async () => {
      assert.equal((await (await open(user)).read()).authorization, authorization)
    })
  }

  it('reads certificate and key, the data of the kubeconfig before its files', async () => {
    const user = {
      'client-certificate-data': base64(pki.client.cert),
      'client-certificate': '/missing',
      'client-key': await folder.write('key', pki.client.key),
    }
    assert.deepEqual((await (await open(user)).read()).certificate, pki.client)
  })

  for (const [what, user] of [
    ['a missing file', { 'client-certificate': '/missing', 'client-key': '/missing' }],
    ['a certificate without key', { 'client-certificate-data': base64(pki.client.cert) }],
    [
      'the key of another certificate',
      { 'client-certificate-data': base64(pki.client.cert), 'client-key-data': base64(pki.server.key) },
    ],
    ['no PEM', { 'client-certificate-data': base64('x'), 'client-key-data': base64('y') }],
  ] as const) {
    it(`refuses ${what} with CREDENTIALS_FAILED`, async () => {
      await assert.rejects(open(user), {
        code: 'CREDENTIALS_FAILED',
        message: /client certificate of user "ann"/,
      })
    })
  }

  describe('with a token file', () => {
    it('reads it again after a minute', async () => {
      let now = 0
      const tokenFile = await folder.write('token', 'one\n')
      const credentials = await open({ tokenFile, token: 'older' }, {}, () => now)
      assert.equal((await credentials.read()).authorization, 'Bearer one')
      await folder.write('token', 'two')
      now = 60_000
      assert.equal((await credentials.read()).authorization, 'Bearer one')
      now = 60_001
      assert.equal((await credentials.read()).authorization, 'Bearer two')
    })

    it('says CREDENTIALS_FAILED if it is missing', async () => {
      const credentials = await open({ tokenFile: join(folder.path, 'missing') })
      await assert.rejects(credentials.read(), { code: 'CREDENTIALS_FAILED', message: /token file.*ENOENT/ })
    })
  })

  describe('with an exec plugin', () => {
    /** Runs `script`, in which `answer(status)` gives the credentials; each run leaves a line in `runs`. */
    async function plugin(script: string, more: Partial<ExecPlugin> = {}): Promise<User> {
      const command = await folder.write(
        'plugin.mjs',
        `import { appendFileSync } from 'node:fs'
        appendFileSync(${JSON.stringify(join(folder.path, 'runs'))}, 'run\\n')
        const answer = (status) => console.log(JSON.stringify({ kind: 'ExecCredential', status }))
        ${script}`,
      )
      const apiVersion = 'client.authentication.k8s.io/v1'
      return { exec: { apiVersion, command: process.execPath, args: [command], ...more } }
    }
    const runs = async () => (await readFile(join(folder.path, 'runs'), 'utf8')).trim().split('\n').length

    it('sends its token, and runs it once for requests that start together', async () => {
      const credentials = await open(await plugin(`answer({ token: 'secret' })`))
      const identities = await Promise.all([credentials.read(), credentials.read()])
      identities.push(await credentials.read())
      assert.deepEqual(
        identities.map(({ authorization }) => authorization),
        ['Bearer secret', 'Bearer secret', 'Bearer secret'],
      )
      assert.equal(await runs(), 1)
    })

    it('runs it again when its token has expired', async () => {
      const credentials = await open(
        await plugin(`answer({ token: 'secret', expirationTimestamp: '2020-01-01T00:00:00Z' })`),
      )
      await credentials.read()
      await credentials.read()
      assert.equal(await runs(), 2)
    })

    it('presents its certificate, the same object while it is the same', async () => {
      const { cert, key } = pki.client
      const status = JSON.stringify({ clientCertificateData: cert, clientKeyData: key })
      const credentials = await open(await plugin(`answer(${status})`))
      const { certificate } = await credentials.read()
      assert.deepEqual(certificate, { cert, key })
      assert.equal((await credentials.read()).certificate, certificate)
    })

    it('tells it the environment, the cluster, and that nobody is there to answer', async () => {
      const user = await plugin(
        `answer({ token: JSON.stringify([process.env.HOME, process.env.PROFILE, process.env.KUBERNETES_EXEC_INFO]) })`,
        { env: [{ name: 'PROFILE', value: 'own' }], provideClusterInfo: true },
      )
      const cluster: Cluster = {
        server: 'https://api',
        'certificate-authority-data': base64('ca'),
        extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'a' } }],
      }
      const env = { HOME: '/home/ann', PROFILE: 'shell', MISSING: undefined }
      const { authorization = '' } = await (await open(user, { cluster, env })).read()
      const [home, profile, info] = JSON.parse(authorization.replace('Bearer ', ''))
      assert.deepEqual([home, profile], ['/home/ann', 'own'])
      assert.deepEqual(JSON.parse(info), {
        apiVersion: 'client.authentication.k8s.io/v1',
        kind: 'ExecCredential',
        spec: {
          interactive: false,
          cluster: {
            server: 'https://api',
            'certificate-authority-data': base64('ca'),
            config: { audience: 'a' },
          },
        },
      })
    })

    for (const [what, script, more, words, hint] of [
      [
        'that fails, with its stderr',
        `console.error('token has expired'); process.exit(1)`,
        {},
        /token has expired/,
        /log in/,
      ],
      ['that answers nothing', '', {}, /JSON/, /log in/],
      [
        'that answers something else',
        'console.log("{}")',
        {},
        /gives no credentials for user "ann"/,
        /log in/,
      ],
      [
        'that is not installed',
        '',
        { command: '/missing', installHint: 'Install it.' },
        /\/missing .*ENOENT/,
        /^Install it/,
      ],
      ['that must ask', '', { interactiveMode: 'Always' }, /asks questions/, /kubectl get/],
    ] as const) {
      it(`says CREDENTIALS_FAILED of one ${what}`, async () => {
        const credentials = await open(await plugin(script, more))
        await assert.rejects(credentials.read(), { code: 'CREDENTIALS_FAILED', message: words, hint })
      })
    }

    it('asks it again after it has failed', async () => {
      const credentials = await open(await plugin('process.exit(1)'))
      await assert.rejects(credentials.read())
      await assert.rejects(credentials.read())
      assert.equal(await runs(), 2)
    })
  })

  describe('with an identity provider', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const jwt = (exp: number) => `${part({ alg: 'none' })}.${part({ exp })}.x`
    const user = (token: string, config = {}): User => ({
      'auth-provider': { name: 'oidc', config: { 'id-token': token, ...config } },
    })

    it('sends its ID token', async () => {
      const token = jwt(4e9)
      assert.equal((await (await open(user(token))).read()).authorization, `Bearer ${token}`)
    })

    it('says CREDENTIALS_FAILED if the token has expired and its issuer does not answer', async () => {
      const config = { 'client-id': 'c', 'refresh-token': 'r', 'idp-issuer-url': 'https://nowhere.invalid' }
      const credentials = await open(user(jwt(1), config))
      await assert.rejects(credentials.read(), { code: 'CREDENTIALS_FAILED', message: /^oidc gives no/ })
    })
  })
})
