import assert from 'node:assert/strict'
import { parseKubeconfig } from '../../../src/remote/cluster/kubeconfig.ts'

const parse = (content: string) => parseKubeconfig(content, '/home/ann/.kube/config')

describe('parseKubeconfig', () => {
  it('resolves files against the folder of the kubeconfig, and keeps absolute ones', () => {
    const { clusters, users } = parse(`
clusters: [{name: c, cluster: {server: https://c, certificate-authority: ca.crt}}]
users: [{name: u, user: {client-certificate: ../u.crt, client-key: /keys/u.key, tokenFile: t}}]`)
    assert.equal(clusters.get('c')?.['certificate-authority'], '/home/ann/.kube/ca.crt')
    assert.equal(users.get('u')?.['client-certificate'], '/home/ann/u.crt')
    assert.equal(users.get('u')?.['client-key'], '/keys/u.key')
    assert.equal(users.get('u')?.tokenFile, '/home/ann/.kube/t')
  })

  for (const [command, resolved] of [
    ['aws', 'aws'],
    ['bin/login', '/home/ann/.kube/bin/login'],
    ['/usr/bin/login', '/usr/bin/login'],
  ] as const) {
    it(`looks for the plugin ${command} where kubectl does: ${resolved}`, () => {
      const { users } = parse(`users: [{name: u, user: {exec: {apiVersion: v1, command: ${command}}}}]`)
      assert.equal(users.get('u')?.exec?.command, resolved)
    })
  }

  it('takes what kubectl config unset leaves behind', () => {
    const { contexts, currentContext } = parse(
      'apiVersion: v1\nkind: Config\nclusters: null\nusers: null\ncontexts: null\ncurrent-context: ""\npreferences: {}',
    )
    assert.equal(contexts.size, 0)
    assert.equal(currentContext, undefined)
  })

  it('takes an empty file, and a user without anything', () => {
    assert.equal(parse('').contexts.size, 0)
    assert.deepEqual(
      Object.values(parse('users: [{name: u, user: null}]').users.get('u') ?? {}).filter(Boolean),
      [],
    )
  })

  it('keeps the first of two entries with one name', () => {
    const { contexts } = parse(
      'contexts: [{name: a, context: {namespace: first}}, {name: a, context: {namespace: second}}]',
    )
    assert.equal(contexts.get('a')?.namespace, 'first')
  })

  for (const [what, content, words] of [
    ['YAML that cannot be read', 'users: [{token: secret', /end with a \} at line 1, column \d+$/],
    ['a list instead of an object', '- a', /expected object, received array$/],
    ['a cluster without a name', 'clusters: [{cluster: {}}]', /clusters\[0\]\.name/],
    ['a token that is a number', 'users: [{name: u, user: {token: 5}}]', /users\[0\]\.user\.token/],
    ['two mistakes', '{clusters: 5, users: 6}', /array, received number at clusters; .* at users$/],
  ] as const) {
    it(`refuses ${what} with KUBECONFIG_INVALID, and says where`, () => {
      assert.throws(() => parse(content), { code: 'KUBECONFIG_INVALID', message: words })
    })
  }
})
