import { deepEqual, equal, throws } from 'node:assert/strict'
import { parseRoleName, roleNames, roles } from '../../../src/remote/rbac/index.ts'

describe('roles', () => {
  it('name no right twice', () => {
    for (const role of roleNames) {
      const rights = roles[role].rules.flatMap(({ scope, group = '', resources, verbs }) =>
        resources.flatMap((resource) => verbs.map((verb) => `${scope}: ${verb} ${resource}.${group}`)),
      )
      deepEqual(rights, [...new Set(rights)], role)
    }
  })
})

describe('parseRoleName', () => {
  it('knows each role', () => {
    for (const role of roleNames) equal(parseRoleName(role), role)
  })

  it('suggests the role that was meant, or tells all', () => {
    throws(() => parseRoleName('captur'), { code: 'ROLE_UNKNOWN', hint: /Did you mean capture/ })
    throws(() => parseRoleName('toString'), {
      code: 'ROLE_UNKNOWN',
      hint: /There are capture, .*api-server\./,
    })
  })
})
