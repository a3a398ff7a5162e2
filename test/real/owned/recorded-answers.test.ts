import assert from 'node:assert/strict'
import { fixtureJson } from '@kubectl-checkpoint/test-support'
import { apply, kubectl } from '../support/kubectl.ts'
import { restartKubelet, setApiServerIdentity, stopKubelet } from '../support/own-cluster.ts'
import { type Answer, type Credentials, sendRaw } from '../support/request.ts'
import { appPod, pod, startPods, svcPod, useNamespace } from '../support/workloads.ts'

interface RecordedAnswer extends Answer {
  readonly case: string
  readonly via: 'proxy' | 'kubelet'
  readonly method: string
  readonly path: string
}

/** What must be so on the cluster before the cases are asked for; `admin` asks, unless `credentials` says who. */
interface Situation {
  readonly name: string
  readonly cases: readonly string[]
  readonly credentials?: () => Promise<Credentials> | Credentials
  readonly begin?: () => Promise<void>
  readonly end?: () => Promise<void>
}

const { responses } = fixtureJson<{ responses: readonly RecordedAnswer[] }>('answers/kubelet-responses.json')

// The names that the recorded paths use.
const namespace = 'shop'

const developer = async (): Promise<Credentials> => ({
  token: (await kubectl('create', 'token', 'dev', '--namespace', namespace)).trim(),
})

const situations: readonly Situation[] = [
  {
    name: 'an administrator',
    cases: [
      'ok',
      'direct ok',
      'pod missing',
      'pod on another node',
      'container missing',
      'container not running',
      'timeout not a number',
      'timeout negative',
      'node missing',
      'path too short',
      'GET',
      'criu refuses: established TCP',
    ],
  },
  {
    name: 'a service account without rights',
    cases: ['user may not nodes/proxy', 'direct, not allowed'],
    credentials: developer,
  },
  {
    name: 'a token nobody issued',
    cases: ['bad token', 'direct, bad token'],
    credentials: () => ({ token: 'not-a-token' }),
  },
  { name: 'nobody', cases: ['direct, anonymous'], credentials: () => 'anonymous' },
  {
    name: 'the feature gate off',
    cases: ['gate ContainerCheckpoint off'],
    begin: () => restartKubelet('node-b', 'featureGates: { ContainerCheckpoint: false }'),
    end: () => restartKubelet('node-b'),
  },
  {
    name: 'the debugging handlers off',
    cases: ['enableDebuggingHandlers off'],
    begin: () => restartKubelet('node-b', 'enableDebuggingHandlers: false'),
    end: () => restartKubelet('node-b'),
  },
  {
    name: 'the kubelet stopped',
    cases: ['kubelet down'],
    begin: () => stopKubelet('node-b'),
    end: () => restartKubelet('node-b'),
  },
  {
    name: 'an API server with the rights of system:kubelet-api-admin',
    cases: ['API server identity may not nodes/checkpoint'],
    begin: () => setApiServerIdentity('system'),
    end: () => setApiServerIdentity('admin'),
  },
]

/** The body without what is another in every run: container IDs, times, the nodes' addresses. */
const shape = (body: string): string =>
  body
    .replaceAll(/[0-9a-f]{64}/g, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)/g, 'TIME')
    .replaceAll(/\d+\.\d+\.\d+\.\d+/g, 'ADDRESS')

async function baseUrl(via: RecordedAnswer['via']): Promise<string> {
  if (via === 'proxy') return kubectl('config', 'view', '--output=jsonpath={.clusters[0].cluster.server}')
  const address = await kubectl('get', 'node', 'node-a', '--output=jsonpath={.status.addresses[0].address}')
  return `https://${address}:10250`
}

describe('the answers of API server and kubelet', () => {
  useNamespace(namespace)

  before('starts the pods of the recorded paths', async () => {
    await kubectl('create', 'serviceaccount', 'dev', '--namespace', namespace)
    await startPods(
      namespace,
      appPod('miner-a', { node: 'node-a', container: 'cache' }),
      svcPod('svc-tcp', { node: 'node-b', container: 'svc', env: { TCP: '1' } }),
    )
    const ended = { node: 'node-a', container: 'c', image: 'localhost:5000/app:1', command: ['true'] }
    await apply(namespace, pod('done', { ...ended, restartPolicy: 'Never' }))
    await kubectl('wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/done', '--namespace', namespace)
  })

  for (const { name, cases, credentials = () => 'admin' as const, begin, end } of situations) {
    describe(`with ${name}`, () => {
      if (begin) before(begin)
      if (end) after(end)

      for (const expected of responses.filter((recorded) => cases.includes(recorded.case))) {
        it(`are as recorded: ${expected.case}`, async () => {
          const url = `${await baseUrl(expected.via)}${expected.path}`
          const { status, contentType, body } = await sendRaw(expected.method, url, await credentials())
          assert.deepEqual(
            { status, contentType, body: shape(body) },
            { status: expected.status, contentType: expected.contentType, body: shape(expected.body) },
          )
        })
      }
    })
  }

  it('are all replayed', () => {
    assert.deepEqual(
      situations.flatMap(({ cases }) => cases).toSorted(),
      responses.map((recorded) => recorded.case).toSorted(),
    )
  })
})
