import { deepEqual, equal } from 'node:assert/strict'
import { findDenial } from '../../../src/remote/cluster/index.ts'

describe('findDenial', () => {
  for (const [words, denial] of [
    [
      'pods is forbidden: User "ann" cannot list resource "pods" in API group "" in the namespace "shop"',
      { user: 'ann', verb: 'list', resource: 'pods', namespace: 'shop' },
    ],
    [
      'nodes "node-a" is forbidden: User "system:serviceaccount:shop:dev" cannot create resource "nodes/proxy" in API group "" at the cluster scope',
      { user: 'system:serviceaccount:shop:dev', verb: 'create', resource: 'nodes/proxy' },
    ],
    [
      String.raw`deployments.apps "web" is forbidden: User "it's \"me\"" cannot get resource "deployments" in API group "apps" in the namespace "shop"`,
      { user: 'it\'s "me"', verb: 'get', resource: 'deployments', namespace: 'shop' },
    ],
    [
      'exec in shop/web-0/app: 403 pods "web-0" is forbidden: User "ann" cannot create resource "pods/exec" in API group "" in the namespace "shop"',
      { user: 'ann', verb: 'create', resource: 'pods/exec', namespace: 'shop' },
    ],
  ] as const) {
    it(`understands: ${words}`, () => deepEqual(findDenial(words), denial))
  }

  for (const words of [
    'pods "web-0" is forbidden: violates PodSecurity "restricted:latest": hostPath volumes',
    'admission webhook "no.example" denied the request: not today',
    String.raw`pods is forbidden: User "bell\x07" cannot list resource "pods" in API group ""`,
  ]) {
    it(`leaves alone: ${words}`, () => equal(findDenial(words), undefined))
  }
})
