import assert from 'node:assert/strict'
import { parseTarget, TargetError } from '../../../src/remote/targets/index.ts'

describe('parseTarget', () => {
  for (const [text, kind, name, container] of [
    ['web-0', 'pod', 'web-0'],
    ['web-0/app', 'pod', 'web-0', 'app'],
    ['web.example/app', 'pod', 'web.example', 'app'],
    ['pod/web-0', 'pod', 'web-0'],
    ['pods/web-0/app', 'pod', 'web-0', 'app'],
    ['po/web-0', 'pod', 'web-0'],
    ['deployment/web', 'deployment', 'web'],
    ['Deployment/web', 'deployment', 'web'],
    ['deployments/web/app', 'deployment', 'web', 'app'],
    ['deploy/web', 'deployment', 'web'],
    ['deployment.apps/web', 'deployment', 'web'],
    ['deployments.v1.apps/web', 'deployment', 'web'],
    ['statefulset/db', 'statefulset', 'db'],
    ['sts/db', 'statefulset', 'db'],
    ['statefulsets.apps/db', 'statefulset', 'db'],
    ['daemonset/log', 'daemonset', 'log'],
    ['ds/log', 'daemonset', 'log'],
    ['replicaset/web-1', 'replicaset', 'web-1'],
    ['rs/web-1', 'replicaset', 'web-1'],
    ['job/import', 'job', 'import'],
    ['jobs.batch/import', 'job', 'import'],
    ['node/node-a', 'node', 'node-a'],
    ['no/node-a/app', 'node', 'node-a', 'app'],
    // A pod that is named like a type.
    ['pod/deploy/app', 'pod', 'deploy', 'app'],
    // Another group's type is none of ours.
    ['deployments.example/web', 'pod', 'deployments.example', 'web'],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parseTarget(text), { kind, name, ...(container && { container }) })
    })
  }

  for (const text of [
    '',
    '/',
    'pod/',
    'web-0/',
    '/app',
    'Web-0',
    'web_0',
    '../x',
    'web-0/a.b',
    'a b',
    'x'.repeat(254),
  ]) {
    it(`TARGET_INVALID: ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.throws(() => parseTarget(text), isInvalid)
    })
  }

  it('says what is wrong with three parts', () => {
    assert.throws(() => parseTarget('cronjob/web/app'), /unknown type "cronjob"/)
    assert.throws(() => parseTarget('pod/web/app/x'), /too many parts/)
  })
})

const isInvalid = (error: unknown) => error instanceof TargetError && error.code === 'TARGET_INVALID'
