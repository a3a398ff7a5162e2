import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { parseAllDocuments } from 'yaml'
import {
  formatManifest,
  type ManifestRequest,
  parseSubject,
  planManifest,
  roleNames,
  roles,
} from '../../../src/remote/rbac/index.ts'

const ann = parseSubject('user:ann')

const objectsOf = (request: ManifestRequest) => planManifest(request).map(({ object }) => object)
const namesOf = (request: ManifestRequest) =>
  objectsOf(request).map(({ kind, metadata: { name, namespace = '' } }) => `${kind} ${namespace}/${name}`)

describe('planManifest', () => {
  it('keeps what belongs to namespaces in them', () => {
    const request: ManifestRequest = {
      roles: ['capture', 'fetch'],
      namespace: 'shop',
      readerNamespace: 'kube-system',
      nodes: ['node-a', 'node-b'],
    }
    deepEqual(namesOf(request), [
      'Role shop/kubectl-checkpoint-capture',
      'ClusterRole /kubectl-checkpoint-capture-on-node-a',
      'ClusterRole /kubectl-checkpoint-capture-on-node-b',
      'Role shop/kubectl-checkpoint-fetch',
      'Role kube-system/kubectl-checkpoint-fetch-readers',
    ])
  })

  it('is for all namespaces and nodes unless told otherwise, but never for readers anywhere', () => {
    deepEqual(namesOf({ roles: ['capture', 'fetch'] }), [
      'Namespace /checkpoint-readers',
      'ClusterRole /kubectl-checkpoint-capture',
      'ClusterRole /kubectl-checkpoint-capture-nodes',
      'ClusterRole /kubectl-checkpoint-fetch',
      'Role checkpoint-readers/kubectl-checkpoint-fetch-readers',
    ])
  })

  it('makes no namespace that nothing is in, or that was named', () => {
    ok(!namesOf({ roles: ['capture'] }).some((name) => name.startsWith('Namespace')))
    const named = { roles: ['fetch'], readerNamespace: 'checkpoint-readers' } as const
    ok(!namesOf(named).some((name) => name.startsWith('Namespace')))
  })

  it('binds each role where it is', () => {
    const objects = objectsOf({ roles: ['capture'], subject: ann, namespace: 'shop' })
    deepEqual(
      objects.map(({ kind }) => kind),
      ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
    )
    for (const [role, binding] of [objects.slice(0, 2), objects.slice(2)]) {
      equal(binding?.metadata.namespace, role?.metadata.namespace)
      const { kind, metadata } = role ?? {}
      const apiGroup = 'rbac.authorization.k8s.io'
      deepEqual(binding?.roleRef, { apiGroup, kind, name: metadata?.name })
      deepEqual(binding?.subjects, [{ apiGroup, kind: 'User', name: 'ann' }])
    }
  })

  it('binds service accounts without an API group', () => {
    const [, binding] = objectsOf({ roles: ['api-server'], subject: parseSubject('sa:shop/dev') })
    deepEqual(binding?.subjects, [{ kind: 'ServiceAccount', namespace: 'shop', name: 'dev' }])
  })

  it('gives each subject a binding of its own, and always the same', () => {
    const bindingOf = (text: string) =>
      namesOf({ roles: ['api-server'], subject: parseSubject(text) }).at(-1) ?? ''
    match(bindingOf('user:ops'), /^ClusterRoleBinding \/kubectl-checkpoint-api-server-nodes-[0-9a-f]{8}$/)
    notEqual(bindingOf('user:ops'), bindingOf('group:ops'))
    equal(bindingOf('user:ops'), bindingOf('ops'))
  })

  it('calls only equal objects by equal names, whatever is asked for', () => {
    const places = [{}, { namespace: 'shop' }, { namespace: 'readers' }]
    const readers = [{}, { readerNamespace: 'readers' }, { readerNamespace: 'shop' }]
    const nodes = [{}, { nodes: ['a'] }, { nodes: ['b'] }, { nodes: ['a', 'b'] }]
    const contents = new Map<string, string>()
    for (const place of places)
      for (const reader of readers)
        for (const node of nodes)
          for (const object of objectsOf({ roles: roleNames, subject: ann, ...place, ...reader, ...node })) {
            const { kind, metadata } = object
            const name = `${kind} ${metadata.namespace}/${metadata.name}`
            const content = JSON.stringify(object)
            equal(contents.get(name) ?? content, content, name)
            contents.set(name, content)
          }
    ok(contents.size > 20)
  })

  it('restricts rules for nodes to the ones that are named', () => {
    for (const object of objectsOf({ roles: roleNames, namespace: 'shop', nodes: ['node-a'] })) {
      if (object.kind !== 'ClusterRole') continue
      const rules = object.rules as {
        readonly resourceNames?: readonly string[]
        readonly verbs: readonly string[]
      }[]
      for (const { resourceNames, verbs } of rules) {
        deepEqual(resourceNames, ['node-a'])
        ok(!verbs.includes('list'), 'which no name restricts')
      }
    }
  })
})

describe('formatManifest', () => {
  const parse = (yaml: string) => parseAllDocuments(yaml).map((document) => document.toJS())

  it('is the objects, and says of each rule what it is for', () => {
    const request = { roles: roleNames, subject: ann, namespace: 'shop' }
    const yaml = formatManifest(planManifest(request))
    deepEqual(parse(yaml), objectsOf(request))
    for (const { purpose, rules } of Object.values(roles)) {
      ok(yaml.includes(`# ${purpose}\n`), purpose)
      for (const { why } of rules) ok(yaml.includes(`  # ${why}\n`), why)
    }
  })

  for (const name of [
    'yes',
    'a: b',
    '# x',
    'line\nkind: Secret',
    'x\n---\nkind: Secret',
    'x\r# y',
    '\u2028---',
    'left\u202eright',
    'tag\u{e0041}s',
    'half\ud800',
    'esc\x1b[31m',
  ]) {
    it(`keeps ${JSON.stringify(name)} one name, and shows what is in it`, () => {
      const request = { roles: roleNames, subject: { kind: 'User', name }, nodes: [name] } as const
      const yaml = formatManifest(planManifest(request))
      deepEqual(parse(yaml), objectsOf(request))
      equal(yaml.search(/[\u202e\u2028\ud800\x1b\r]|\u{e0041}/u), -1)
    })
  }
})
