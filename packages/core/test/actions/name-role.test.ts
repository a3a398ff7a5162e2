import { deepEqual, equal, rejects } from 'node:assert/strict'
import { nameRole } from '../../src/actions/name-role.ts'
import { ClusterError, type Connection, listObjects } from '../../src/remote/cluster/index.ts'

const denied = (what: string, where: string) =>
  `x is forbidden: User "system:serviceaccount:ci:runner" cannot ${what} in API group "" ${where}`

/** A connection of namespace shop that is refused in these words. */
const refusing = (words: string): Connection => ({
  origin: 'https://api',
  namespace: 'shop',
  send: async () => ({
    status: 403,
    contentType: 'application/json',
    body: JSON.stringify({ kind: 'Status', status: 'Failure', message: words, reason: 'Forbidden' }),
  }),
  exec: () => Promise.reject(new ClusterError('FORBIDDEN', words, { hint: 'of exec' })),
  direct: () => {
    throw new Error('not used')
  },
  [Symbol.asyncDispose]: async () => {},
})

const named = async (words: string, role: 'capture' | 'fetch') => {
  const connection = nameRole(refusing(words), { role, readerNamespace: 'readers' })
  const error: unknown = await listObjects(connection, '/api/v1/pods').catch((thrown: unknown) => thrown)
  return error instanceof ClusterError && error.code === 'FORBIDDEN' ? error : undefined
}

describe('nameRole', () => {
  for (const [what, where, role, command] of [
    [
      'list resource "pods"',
      'in the namespace "shop"',
      'capture',
      'capture --for sa:ci/runner --namespace shop',
    ],
    ['list resource "pods"', 'at the cluster scope', 'capture', 'capture --for sa:ci/runner'],
    [
      'create resource "pods"',
      'in the namespace "readers"',
      'capture',
      'fetch --for sa:ci/runner --namespace shop --reader-namespace readers',
    ],
    [
      'list resource "pods"',
      'in the namespace "shop"',
      'fetch',
      'fetch --for sa:ci/runner --namespace shop --reader-namespace readers',
    ],
  ] as const) {
    it(`says to whom ${role} refuses to ${what} ${where} how to get it`, async () => {
      const error = await named(denied(what, where), role)
      deepEqual(error?.fix, { commands: [`kubectl checkpoint rbac ${command}`] })
    })
  }

  it('leaves other refusals as they are', async () => {
    for (const words of ['not today', denied('list resource "secrets"', 'in the namespace "shop"')]) {
      const error = await named(words, 'capture')
      equal(error?.message, words)
      equal(error?.fix, undefined)
    }
  })

  it('explains refused commands in pods, too', async () => {
    const request = { namespace: 'readers', pod: 'reader', container: 'reader', command: ['sh'] }
    const exec = (words: string) =>
      nameRole(refusing(words), { role: 'fetch', readerNamespace: 'readers' }).exec(request)
    const command =
      'kubectl checkpoint rbac fetch --for sa:ci/runner --namespace shop --reader-namespace readers'
    await rejects(exec(denied('create resource "pods/exec"', 'in the namespace "readers"')), {
      code: 'FORBIDDEN',
      fix: { commands: [command] },
    })
    await rejects(exec('not today'), { code: 'FORBIDDEN', hint: 'of exec' })
  })
})
