import assert from 'node:assert/strict'
import { parseKubeconfig } from '../../../src/remote/cluster/kubeconfig.ts'
import { type ResolvedContext, resolveContext } from '../../../src/remote/cluster/resolve-context.ts'
import type { ConnectionOverrides } from '../../../src/remote/cluster/settings.ts'

const kubeconfig = parseKubeconfig(
  `
current-context: prod
contexts:
- {name: prod, context: {cluster: big, user: ann, namespace: shop}}
- {name: test, context: {cluster: small, user: bob}}
- {name: broken, context: {cluster: gone, user: ann}}
- {name: stranger, context: {cluster: big, user: nobody}}
- {name: odd, context: {cluster: odd, user: ann}}
clusters:
- name: big
  cluster: {server: https://big:6443, tls-server-name: big.test, certificate-authority-data: Y2E=}
- name: small
  cluster: {server: http://small, insecure-skip-tls-verify: true}
- {name: odd, cluster: {server: small}}
users:
- name: ann
  user: {client-certificate-data: Y3J0, client-key-data: a2V5, tokenFile: /t, as: eve, as-groups: [a, b]}
- {name: bob, user: {exec: {apiVersion: v1, command: login}, username: bob}}
`,
  '/kube/config',
)

type Row = readonly [
  title: string,
  overrides: ConnectionOverrides,
  value: (of: ResolvedContext) => unknown,
  is: unknown,
]

const rows: readonly Row[] = [
  ['takes the current context', {}, (of) => [of.namespace, of.server.host], ['shop', 'big:6443']],
  ['takes --context', { context: 'test' }, (of) => [of.server.host, of.namespace], ['small', 'default']],
  ['puts --namespace first', { namespace: 'n' }, (of) => of.namespace, 'n'],
  ['takes --cluster', { cluster: 'small' }, (of) => [of.server.host, of.userName], ['small', 'ann']],
  ['takes --user', { user: 'bob' }, (of) => of.userName, 'bob'],
  [
    'gives --server no name of the configured one',
    { server: 'https://x' },
    (of) => of.cluster['tls-server-name'],
    undefined,
  ],
  ['takes --tls-server-name', { tlsServerName: 'x.test' }, (of) => of.cluster['tls-server-name'], 'x.test'],
  [
    'verifies by --certificate-authority, whatever the file says',
    { context: 'test', certificateAuthority: 'ca' },
    ({ cluster }) => [cluster['certificate-authority'], cluster['insecure-skip-tls-verify']],
    ['ca', false],
  ],
  [
    'forgets configured data for --certificate-authority',
    { certificateAuthority: 'ca' },
    ({ cluster }) => cluster['certificate-authority-data'],
    undefined,
  ],
  [
    'takes --insecure-skip-tls-verify',
    { insecureSkipTlsVerify: true },
    (of) => of.cluster['insecure-skip-tls-verify'],
    true,
  ],
  [
    'takes --insecure-skip-tls-verify=false',
    { context: 'test', insecureSkipTlsVerify: false },
    (of) => of.cluster['insecure-skip-tls-verify'],
    false,
  ],
  [
    'takes --token before plugin, file and password',
    { user: 'bob', token: 't' },
    ({ user }) => [user.token, user.tokenFile, user.exec, user.username],
    ['t', undefined, undefined, undefined],
  ],
  [
    'takes --client-certificate and --client-key',
    { clientCertificate: 'c', clientKey: 'k' },
    ({ user }) => [
      user['client-certificate'],
      user['client-certificate-data'],
      user['client-key'],
      user['client-key-data'],
    ],
    ['c', undefined, 'k', undefined],
  ],
  [
    'takes --as, --as-uid, --as-group',
    { as: 'x', asUid: '7', asGroups: ['g'] },
    ({ user }) => [user.as, user['as-uid'], user['as-groups']],
    ['x', '7', ['g']],
  ],
  ['keeps configured groups for --as', { as: 'x' }, ({ user }) => user['as-groups'], ['a', 'b']],
]

describe('resolveContext', () => {
  for (const [title, overrides, value, is] of rows) {
    it(title, () => assert.deepEqual(value(resolveContext(kubeconfig, overrides)), is))
  }

  it('needs no context where --server says enough', () => {
    const { server } = resolveContext(parseKubeconfig('', '/k'), { server: 'https://x:1' })
    assert.equal(server.origin, 'https://x:1')
  })

  it('refuses an unknown context with CONTEXT_NOT_FOUND, and lists the others', () => {
    assert.throws(() => resolveContext(kubeconfig, { context: 'pord', server: 'https://x' }), {
      code: 'CONTEXT_NOT_FOUND',
      message: 'There is no context "pord"',
      hint: 'Choose one with --context: prod, test, broken, stranger, odd.',
    })
  })

  it('refuses a kubeconfig without current context with CONTEXT_NOT_FOUND', () => {
    assert.throws(() => resolveContext(parseKubeconfig('', '/k')), {
      code: 'CONTEXT_NOT_FOUND',
      hint: /--kubeconfig/,
    })
  })

  for (const [context, message] of [
    ['broken', 'The kubeconfig has no cluster "gone"'],
    ['stranger', 'The kubeconfig has no user "nobody"'],
    ['odd', 'The server of cluster "odd" is not an http or https URL: small'],
  ] as const) {
    it(`refuses the context ${context} with KUBECONFIG_INVALID: ${message}`, () => {
      assert.throws(() => resolveContext(kubeconfig, { context }), { code: 'KUBECONFIG_INVALID', message })
    })
  }

  it('refuses --as-group without a user with KUBECONFIG_INVALID', () => {
    assert.throws(() => resolveContext(kubeconfig, { context: 'test', asGroups: ['g'] }), {
      code: 'KUBECONFIG_INVALID',
      hint: 'Name the user with --as.',
    })
  })
})
