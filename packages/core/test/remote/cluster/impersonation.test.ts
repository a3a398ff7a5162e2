import assert from 'node:assert/strict'
import { impersonationHeaders } from '../../../src/remote/cluster/impersonation.ts'

describe('impersonationHeaders', () => {
  it('names user, UID, each group and each extra, whose keys are encoded', () => {
    const user = {
      as: 'x',
      'as-uid': '7',
      'as-groups': ['a', 'b'],
      'as-user-extra': { 'Acme/scopes': ['r', 'w'] },
    }
    assert.deepEqual(impersonationHeaders(user), {
      'impersonate-user': 'x',
      'impersonate-uid': '7',
      'impersonate-group': ['a', 'b'],
      'impersonate-extra-acme%2fscopes': ['r', 'w'],
    })
  })

  it('is empty for oneself', () => assert.deepEqual(impersonationHeaders({ token: 't' }), {}))
})
