import { deepEqual, equal, throws } from 'node:assert/strict'
import { formatSubject, parseSubject, subjectOfUser } from '../../../src/remote/rbac/index.ts'

describe('parseSubject', () => {
  for (const [text, subject, formatted] of [
    ['user:ann', { kind: 'User', name: 'ann' }, 'user:ann'],
    ['ann', { kind: 'User', name: 'ann' }, 'user:ann'],
    ['oidc:ann@example.org', { kind: 'User', name: 'oidc:ann@example.org' }, 'user:oidc:ann@example.org'],
    ['user:group:x', { kind: 'User', name: 'group:x' }, 'user:group:x'],
    ['group:ops team', { kind: 'Group', name: 'ops team' }, 'group:ops team'],
    ['group:system:authenticated', { kind: 'Group', name: 'system:authenticated' }, undefined],
    ['sa:shop/dev.1', { kind: 'ServiceAccount', namespace: 'shop', name: 'dev.1' }, 'sa:shop/dev.1'],
    [
      'system:serviceaccount:shop:dev',
      { kind: 'ServiceAccount', namespace: 'shop', name: 'dev' },
      'sa:shop/dev',
    ],
    ['user:two\nlines', { kind: 'User', name: 'two\nlines' }, undefined],
  ] as const) {
    it(`understands ${JSON.stringify(text)}`, () => {
      deepEqual(parseSubject(text), subject)
      equal(formatSubject(parseSubject(text)), formatted ?? text)
      deepEqual(parseSubject(formatSubject(parseSubject(text))), subject)
    })
  }

  for (const text of [
    'user:',
    'group:',
    'sa:',
    'sa:dev',
    'sa:shop/',
    'sa:shop/a/b',
    'sa:Shop/dev',
    'sa:a/b\n',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      throws(() => parseSubject(text), {
        name: 'RbacError',
        code: 'SUBJECT_INVALID',
        hint: /sa:NAMESPACE\/NAME/,
      })
    })
  }
})

describe('subjectOfUser', () => {
  it('takes a name for what it is, whatever it begins with', () => {
    deepEqual(subjectOfUser('group:ops'), { kind: 'User', name: 'group:ops' })
    deepEqual(subjectOfUser('system:serviceaccount:shop:dev\nEOF'), {
      kind: 'User',
      name: 'system:serviceaccount:shop:dev\nEOF',
    })
  })
})
