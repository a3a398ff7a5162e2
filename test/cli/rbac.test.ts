import assert from 'node:assert/strict'
import { roleNames, roles } from '@kubectl-checkpoint/core/remote/rbac'
import { run } from './run.ts'

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
}

const rbac = async (...args: string[]) => {
  const { stdout, stderr, exitCode } = await run(['rbac', ...args])
  assert.equal(stderr, '')
  assert.equal(exitCode, 0)
  return stdout
}
const roleOf = ({ metadata }: Manifest) => metadata.name

describe('kubectl checkpoint rbac', () => {
  it('names every role in its help', async () => {
    const help = await rbac('--help')
    for (const name of roleNames) assert.match(help, new RegExp(`[ ,]${name}[,;]`))
  })

  it('prints the same objects for kubectl and for programs', async () => {
    const args = ['capture', 'fetch', '--for', 'group:ops', '-n', 'shop', '--node', 'node-a']
    const yaml = await rbac(...args)
    const list = JSON.parse(await rbac(...args, '-o', 'json'))
    assert.equal(list.kind, 'List')
    assert.deepEqual(
      [...yaml.matchAll(/^metadata:\n {2}name: (.*)$/gm)].map(([, name]) => name),
      list.items.map(roleOf),
    )
    assert.match(
      yaml,
      /^# Made by: kubectl checkpoint rbac capture fetch --for group:ops --namespace shop --node node-a\n/,
    )
  })

  it('has all that is for people unless told otherwise, and says how to give it to them', async () => {
    const yaml = await rbac()
    assert.match(yaml, /^# Nobody gets these roles yet: --for user:NAME/m)
    for (const name of roleNames) {
      const isThere = yaml.includes(`\n# ${roles[name].purpose}\n`)
      assert.equal(isThere, !roles[name].isForPrograms && !name.endsWith('-direct'), name)
    }
  })

  it('has the least for checkpoints with --direct', async () => {
    for (const args of [['--direct'], ['capture', '--direct'], ['capture-direct']]) {
      const yaml = await rbac(...args)
      assert.match(yaml, /nodes\/checkpoint/)
      assert.doesNotMatch(yaml, /nodes\/proxy/)
    }
  })

  it('takes several nodes', async () => {
    const { items } = JSON.parse(
      await rbac('api-server', '--node', 'node-a', '--node', 'node-b', '-o', 'json'),
    ) as { items: Manifest[] }
    assert.deepEqual(items.map(roleOf), [
      'kubectl-checkpoint-api-server-on-node-a',
      'kubectl-checkpoint-api-server-on-node-b',
    ])
  })

  it('names the objects', async () => {
    assert.equal(
      await rbac('fetch', '-n', 'shop', '--reader-namespace', 'readers', '-o', 'name'),
      'role/kubectl-checkpoint-fetch\nrole/kubectl-checkpoint-fetch-readers\n',
    )
  })

  for (const [args, code, hint] of [
    [['captrue'], 'ROLE_UNKNOWN', 'capture'],
    [['fetch', '--for', 'sa:dev'], 'SUBJECT_INVALID', 'sa:NAMESPACE/NAME'],
  ] as const) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { stdout, stderr, exitCode } = await run(['rbac', ...args])
      assert.equal(stdout, '')
      assert.ok(stderr.includes(`(${code})`) && stderr.includes(hint), stderr)
      assert.equal(exitCode, 2)
    })
  }
})
