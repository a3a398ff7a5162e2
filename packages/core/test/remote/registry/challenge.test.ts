import { deepEqual } from 'node:assert/strict'
import { findChallenge } from '../../../src/remote/registry/challenge.ts'

describe('findChallenge', () => {
  const realm = 'https://tokens.example/token'
  const table: readonly (readonly [string, unknown])[] = [
    ['Basic realm="Registry"', { kind: 'basic' }],
    [`Bearer realm="${realm}"`, { kind: 'bearer', realm }],
    [
      `bearer realm="${realm}",service="registry.example",scope="repository:shop/web:pull,push"`,
      { kind: 'bearer', realm, service: 'registry.example', scope: 'repository:shop/web:pull,push' },
    ],
    [`Bearer service=plain, realm="${realm}"`, { kind: 'bearer', realm, service: 'plain' }],
    ['Bearer service="nobody"', undefined],
    ['Negotiate', undefined],
    ['', undefined],
  ]
  for (const [header, challenge] of table) {
    it(`reads ${header || 'nothing'}`, () => {
      deepEqual(findChallenge(header), challenge)
    })
  }
})
