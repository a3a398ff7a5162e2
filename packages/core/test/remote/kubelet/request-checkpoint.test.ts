import assert from 'node:assert/strict'
import { fixtureJson } from '@kubectl-checkpoint/test-support'
import { parseAllDocuments } from 'yaml'
import { KubeletError, type KubeletErrorCode, requestCheckpoint } from '../../../src/remote/kubelet/index.ts'
import { fakeEndpoint, fakeSender } from './fake-sender.ts'

interface Recorded {
  readonly case: string
  readonly via: 'proxy' | 'kubelet'
  readonly status: number
  readonly contentType: string
  readonly body: string
}

const recorded = fixtureJson<{ responses: readonly Recorded[] }>('answers/kubelet-responses.json').responses

const container = { namespace: 'shop', pod: 'miner-a', container: 'cache' }

/** As the connection hands it over: the content type without its parameters. */
const answerOf = ({ status, contentType, body }: Omit<Recorded, 'case' | 'via'>) => ({
  status,
  contentType: contentType.replace(/;.*/, ''),
  body,
})

async function refusal(
  answer: { status: number; contentType?: string; body: string },
  via: 'proxy' | 'direct' = 'proxy',
): Promise<KubeletError> {
  const sender = fakeSender({ contentType: 'text/plain', ...answer })
  const error = await requestCheckpoint(fakeEndpoint(sender, via), container).then(
    () => assert.fail('not refused'),
    (error: unknown) => error,
  )
  assert.ok(error instanceof KubeletError)
  return error
}

const runtimeRefusal = (text: string) =>
  refusal({ status: 500, body: `checkpointing of shop/miner-a/cache failed (${text})` })

const statusRefusal = (status: number, message: string, reason = 'Failure') =>
  refusal({
    status,
    contentType: 'application/json',
    body: JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      message,
      reason,
      code: status,
    }),
  })

const role = (rights: Readonly<Record<string, string>>, subject: object, resourceNames: string[]) => ({
  rules: Object.entries(rights).map(([resource, verb]) => ({
    apiGroups: [''],
    resources: [resource],
    resourceNames,
    verbs: [verb],
  })),
  subjects: [subject],
})

const serviceAccount = { kind: 'ServiceAccount', namespace: 'shop', name: 'dev' }

const user = (name: string) => ({ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name })

/** Parses a fix's YAML and checks that the binding is to the role beside it. */
function rightsIn(error: KubeletError) {
  const documents = parseAllDocuments(error.fix?.manifest ?? assert.fail('no manifest'))
  const [clusterRole, binding, ...rest] = documents.map((document) => document.toJS())
  assert.deepEqual(rest, [])
  assert.equal(clusterRole.kind, 'ClusterRole')
  assert.equal(binding.kind, 'ClusterRoleBinding')
  assert.equal(binding.roleRef.name, clusterRole.metadata.name)
  return { rules: clusterRole.rules, subjects: binding.subjects }
}

/** Who makes sure that a manifest names the right one, and how. */
const nameCheck: Record<string, RegExp> = {
  'user may not nodes/proxy': /names you: kubectl auth whoami$/,
  'direct, not allowed': /names you: kubectl auth whoami$/,
  'API server identity may not nodes/checkpoint':
    /node claims: compare .*--kubelet-client-certificate before/,
}

const expected: Record<string, KubeletErrorCode> = {
  'pod missing': 'POD_NOT_ON_NODE',
  'pod on another node': 'POD_NOT_ON_NODE',
  'container missing': 'CONTAINER_NOT_IN_POD',
  'timeout not a number': 'TIMEOUT_REJECTED',
  'timeout negative': 'TIMEOUT_REJECTED',
  'node missing': 'NODE_NOT_FOUND',
  'path too short': 'UNEXPECTED_ANSWER',
  GET: 'UNEXPECTED_ANSWER',
  'user may not nodes/proxy': 'PROXY_FORBIDDEN',
  'bad token': 'API_UNAUTHORIZED',
  'criu refuses: established TCP': 'CRIU_REFUSED',
  'direct, not allowed': 'KUBELET_FORBIDDEN',
  'direct, bad token': 'KUBELET_UNAUTHORIZED',
  'direct, anonymous': 'KUBELET_UNAUTHORIZED',
  'gate ContainerCheckpoint off': 'ENDPOINT_OFF',
  'enableDebuggingHandlers off': 'ENDPOINT_OFF',
  'kubelet down': 'KUBELET_UNREACHABLE',
  'container not running': 'CONTAINER_NOT_RUNNING',
  'API server identity may not nodes/checkpoint': 'API_SERVER_FORBIDDEN',
}

/** All that capture-direct needs on a node: roles of one name have one content. */
const directRights = { 'nodes/checkpoint': 'create', nodes: 'get' }

const rights: Record<string, ReturnType<typeof role>> = {
  'user may not nodes/proxy': role({ 'nodes/proxy': 'create' }, serviceAccount, ['node-a']),
  'direct, not allowed': role(directRights, serviceAccount, ['node-a']),
  'API server identity may not nodes/checkpoint': role(
    { 'nodes/checkpoint': 'create' },
    user('kube-apiserver-kubelet-client'),
    ['node-a'],
  ),
}

describe('requestCheckpoint', () => {
  for (const recording of recorded) {
    const via = recording.via === 'kubelet' ? 'direct' : 'proxy'
    if (recording.status === 200) {
      it(`returns the archive's path: ${recording.case}`, async () => {
        const { path } = await requestCheckpoint(
          fakeEndpoint(fakeSender(answerOf(recording)), via),
          container,
        )
        assert.match(path, /^\/var\/lib\/kubelet\/checkpoints\/checkpoint-miner-a_shop-cache-.*\.tar$/)
      })
      continue
    }
    const code = expected[recording.case]
    it(`diagnoses ${recording.case} as ${code}`, async () => {
      const error = await refusal(answerOf(recording), via)
      assert.equal(error.code, code)
      assert.ok(error.hint, 'says what to do')
      const right = rights[recording.case]
      if (right) {
        assert.deepEqual(rightsIn(error), right)
        assert.match(error.hint, nameCheck[recording.case] ?? assert.fail('nobody checks the name'))
      } else assert.equal(error.fix?.manifest, undefined)
    })
  }

  it('sends one POST without a limit in time, with everything encoded', async () => {
    const sender = fakeSender({ status: 200, contentType: 'application/json', body: '{"items":["/a.tar"]}' })
    const { signal } = new AbortController()
    const target = { namespace: 'shop', pod: 'web-0', container: 'a/b' }
    await requestCheckpoint(fakeEndpoint(sender), target, { timeoutSeconds: 300, signal })
    assert.deepEqual(sender.requests, [
      {
        method: 'POST',
        path: '/api/v1/nodes/node-a/proxy/checkpoint/shop/web-0/a%2Fb',
        query: { timeout: '300' },
        timeoutMs: 0,
        signal,
      },
    ])
  })

  for (const [what, body] of [
    ['no JSON', 'ok'],
    ['null', 'null'],
    ['no items', '{}'],
    ['no item', '{"items":[]}'],
    ['two items', '{"items":["/a.tar","/b.tar"]}'],
    ['a number', '{"items":[1]}'],
    ['a relative path', '{"items":["a.tar"]}'],
    ['a path with ..', '{"items":["/var/lib/../../etc/passwd"]}'],
    ['a folder', '{"items":["/var/lib/"]}'],
    ['a path with NUL', '{"items":["/a\\u0000.tar"]}'],
  ] as const) {
    it(`does not believe a success with ${what}`, async () => {
      const error = await refusal({ status: 200, contentType: 'application/json', body })
      assert.equal(error.code, 'UNEXPECTED_ANSWER')
    })
  }

  it("passes the connection's own errors through", async () => {
    const sender = { origin: 'https://test', send: () => Promise.reject(new Error('reset')) }
    await assert.rejects(requestCheckpoint(fakeEndpoint(sender), container), /^Error: reset$/)
  })
})

describe("diagnosis of the runtime's words", () => {
  for (const [code, text] of [
    [
      'RUNTIME_TOO_OLD',
      'rpc error: code = Unimplemented desc = unknown method CheckpointContainer for service runtime.v1.RuntimeService',
    ],
    ['RUNTIME_TOO_OLD', 'rpc error: code = Unimplemented desc = method CheckpointContainer not implemented'],
    ['CHECKPOINT_SUPPORT_OFF', 'rpc error: code = Unknown desc = checkpoint/restore support not available'],
    ['CHECKPOINT_SUPPORT_OFF', 'rpc error: code = Unknown desc = criu support is disabled by configuration'],
    [
      'CRIU_MISSING',
      'rpc error: code = Unknown desc = criu binary not found in shim path or system PATH: not found',
    ],
    ['CRIU_MISSING', 'rpc error: code = Unknown desc = exec: "criu": executable file not found in $PATH'],
    ['CRIU_MISSING', 'rpc error: code = Unknown desc = CRIU binary not found or too old (<31600). Failed'],
    [
      'CRIU_TOO_OLD',
      'rpc error: code = Unknown desc = checkpoint/restore requires at least CRIU 31600, current version is 31500',
    ],
    [
      'CONTAINER_NOT_RUNNING',
      'rpc error: code = Unknown desc = container "9f" is in CONTAINER_EXITED state. only CONTAINER_RUNNING containers can be checkpointed',
    ],
    ['CONTAINER_NOT_RUNNING', 'rpc error: code = Unknown desc = container 9f is not running'],
    ['CHECKPOINT_TIMED_OUT', 'rpc error: code = DeadlineExceeded desc = context deadline exceeded'],
    [
      'NODE_DISK_FULL',
      'rpc error: code = Unknown desc = write /var/lib/kubelet/checkpoints/x.tar: no space left on device',
    ],
    ['CHECKPOINT_FAILED', 'rpc error: code = Unknown desc = the moon is in the wrong phase'],
  ] as const) {
    it(`${code}: ${text.replace(/^.* desc = /, '')}`, async () => {
      const error = await runtimeRefusal(text)
      assert.equal(error.code, code)
      assert.ok(error.hint)
    })
  }

  it('names the file of CRI-O and of containerd that switches checkpoints on', async () => {
    const crio = await runtimeRefusal('checkpoint/restore support not available')
    const containerd = await runtimeRefusal('criu support is disabled by configuration')
    assert.equal(crio.fix?.nodeFile?.path, '/etc/crio/crio.conf.d/10-checkpoint.conf')
    assert.equal(containerd.fix?.nodeFile?.path, '/etc/containerd/config.toml')
  })

  it('writes versions of CRIU as people do', async () => {
    const { message } = await runtimeRefusal('requires at least CRIU 31600, current version is 31501')
    assert.match(message, /^CRIU 3\.15 of node-a is too old: 3\.16 or later is needed$/)
  })

  for (const [runtime, text, logPath] of [
    [
      'runc under containerd',
      'criu failed: type DUMP errno 0 path= /run/containerd/io/9f/criu-dump.log',
      '/run/containerd/io/9f/criu-dump.log',
    ],
    [
      'runc under CRI-O',
      'failed: exit status 1: criu failed: type NOTIFY errno 0\nlog file: /var/lib/containers/9f/dump.log: x',
      '/var/lib/containers/9f/dump.log',
    ],
    [
      'crun',
      'CRIU checkpointing failed -52.  Please check CRIU logfile /var/lib/containers/9f/dump.log',
      '/var/lib/containers/9f/dump.log',
    ],
    ['no path', 'criu failed: type NOTIFY errno 0', undefined],
    ['a path that leads elsewhere', 'criu failed: type DUMP errno 0 path= /run/../etc/shadow', undefined],
  ] as const) {
    it(`CRIU_REFUSED carries the log's path: ${runtime}`, async () => {
      const error = await runtimeRefusal(text)
      assert.equal(error.code, 'CRIU_REFUSED')
      assert.equal(error.logPath, logPath)
    })
  }
})

describe('diagnosis of who refuses', () => {
  it("tells the API server's 401 to the kubelet from the user's", async () => {
    const answer = { status: 401, body: 'Unauthorized' }
    assert.equal((await refusal(answer, 'proxy')).code, 'API_SERVER_UNAUTHORIZED')
    assert.equal((await refusal(answer, 'direct')).code, 'KUBELET_UNAUTHORIZED')
  })

  it('says what --direct costs where it is the way out', async () => {
    const message =
      'nodes "node-a" is forbidden: User "ann" cannot create resource "nodes/proxy" in API group ""'
    const body = 'Forbidden (user=api, verb=create, resource=nodes, subresource(s)=[checkpoint])'
    for (const { hint = '' } of [
      await statusRefusal(403, message),
      await refusal({ status: 403, body }, 'proxy'),
    ]) {
      assert.match(hint, /--direct.*, but .*bearer token could be misused/)
    }
  })

  it('keeps what each node asks for in a role of its own', async () => {
    const body = 'Forbidden (user=api, verb=create, resource=nodes, subresource(s)=[checkpoint])'
    const { fix } = await refusal({ status: 403, body }, 'proxy')
    assert.match(fix?.manifest ?? '', /name: kubectl-checkpoint-api-server-on-node-a\n/)
  })

  it('names the command that prints the rights for all nodes', async () => {
    const proxy = await statusRefusal(
      403,
      'nodes "node-a" is forbidden: User "it\'s me" cannot create resource "nodes/proxy" in API group ""',
    )
    assert.match(proxy.hint ?? '', /kubectl checkpoint rbac capture --for 'user:it'\\''s me'\)/)
    const body =
      'Forbidden (user=system:serviceaccount:shop:dev, verb=create, resource=nodes, subresource(s)=[checkpoint])'
    const direct = await refusal({ status: 403, body }, 'direct')
    assert.match(direct.hint ?? '', /kubectl checkpoint rbac capture-direct --for sa:shop\/dev\)/)
    const apiServer = await refusal({ status: 403, body }, 'proxy')
    assert.match(apiServer.hint ?? '', /kubectl checkpoint rbac api-server --for sa:shop\/dev\)/)
  })

  it('does not offer rights for the anonymous user', async () => {
    const body =
      'Forbidden (user=system:anonymous, verb=create, resource=nodes, subresource(s)=[checkpoint])\n'
    const errors = [
      await refusal({ status: 403, body }, 'proxy'),
      await refusal({ status: 403, body }, 'direct'),
      await statusRefusal(
        403,
        'nodes "node-a" is forbidden: User "system:anonymous" cannot create resource "nodes/proxy" in API group ""',
      ),
    ]
    assert.deepEqual(
      errors.map(({ code, fix }) => [code, fix]),
      [
        ['API_SERVER_UNAUTHORIZED', undefined],
        ['KUBELET_UNAUTHORIZED', undefined],
        ['API_UNAUTHORIZED', undefined],
      ],
    )
  })

  it('does not take the word of an admission webhook for a lack of rights', async () => {
    const error = await statusRefusal(403, 'admission webhook "no.example" denied the request: not today')
    assert.equal(error.code, 'CHECKPOINT_FAILED')
    assert.match(error.message, /not today$/)
  })

  it('KUBELET_AUTHORIZATION_FAILED when the kubelet cannot ask', async () => {
    const body =
      'Authorization error (user=kube-apiserver-kubelet-client, verb=create, resource=nodes, subresource(s)=[checkpoint])'
    assert.equal((await refusal({ status: 500, body })).code, 'KUBELET_AUTHORIZATION_FAILED')
  })

  it('tells a kubelet that was not reached from one that was lost', async () => {
    const reach = (reason: string) => statusRefusal(503, `error trying to reach service: ${reason}`)
    for (const [code, reason] of [
      ['KUBELET_UNREACHABLE', 'dial tcp 172.30.0.2:10250: i/o timeout'],
      ['KUBELET_UNREACHABLE', 'No agent available'],
      ['KUBELET_UNREACHABLE', 'tls: failed to verify certificate: x509: certificate has expired'],
      ['CALL_INTERRUPTED', 'unexpected EOF'],
    ] as const) {
      assert.equal((await reach(reason)).code, code, reason)
    }
    assert.equal((await statusRefusal(503, 'apiserver is shutting down')).code, 'KUBELET_UNREACHABLE')
  })

  for (const [what, status, contentType, body] of [
    ['HTML', 504, 'text/html', '<h1>504 Gateway Time-out</h1>'],
    ['plain text', 503, 'text/plain', 'upstream connect error or disconnect/reset before headers'],
    ['the plain text of a 500', 500, 'text/plain', 'stream terminated'],
    ['nothing', 502, '', ''],
    ['a request timeout', 408, 'text/html', '<h1>408 Request Time-out</h1>'],
    ['a request timeout in plain text', 408, 'text/plain', 'Request Timeout'],
    ['a status of its own', 524, 'text/html', 'error code: 524'],
    ['JSON of its own', 500, 'application/json', '{"message":"An invalid response was received"}'],
  ] as const) {
    it(`CALL_INTERRUPTED by a gateway that says ${what}, on either way`, async () => {
      const answer = { status, contentType, body }
      const [proxy, direct] = [await refusal(answer, 'proxy'), await refusal(answer, 'direct')]
      assert.deepEqual([proxy.code, direct.code], ['CALL_INTERRUPTED', 'CALL_INTERRUPTED'])
      assert.match(proxy.hint ?? '', /idle timeout, or ask .*--direct/)
      assert.doesNotMatch(direct.hint ?? '', /--direct/)
    })
  }

  it('CALL_INTERRUPTED by an API server that gives up, for whatever reason', async () => {
    for (const [status, message, reason] of [
      [504, 'Timeout: request did not complete within the allotted timeout', 'Timeout'],
      [500, 'Internal error occurred: the moon is in the wrong phase', 'InternalError'],
      [408, 'the request took too long', 'Timeout'],
    ] as const) {
      assert.equal((await statusRefusal(status, message, reason)).code, 'CALL_INTERRUPTED', message)
    }
    assert.equal((await statusRefusal(429, 'too many requests')).code, 'CHECKPOINT_FAILED')
  })

  it('knows that what a gateway refuses was not begun', async () => {
    const login = { status: 403, contentType: 'text/html', body: '<h1>Please log in</h1>' }
    const error = await refusal(login)
    assert.equal(error.code, 'CHECKPOINT_FAILED')
    assert.match(error.message, /status 403: <h1>Please log in<\/h1>$/)
  })

  it('quotes what nobody knows, on one line and shortened', async () => {
    const { message } = await refusal({ status: 400, body: `first\nsecond ${'x'.repeat(5000)}` })
    assert.match(message, /status 400: first second x+…$/)
    assert.ok(message.length < 450)
  })
})

describe('manifests from hostile names', () => {
  for (const name of [
    'yes',
    'a: b',
    '- x',
    '{}',
    '#',
    "it's",
    'a"b',
    'back\\slash',
    'line\nkind: Secret',
    'x\n---\nkind: Secret',
    'EOF',
    'https://issuer#subject',
    'system:serviceaccount:shop:dev\nEOF\n',
  ]) {
    it(`keeps ${JSON.stringify(name)} one user's name`, async () => {
      const direct = await refusal(
        {
          status: 403,
          body: `Forbidden (user=${name}, verb=create, resource=nodes, subresource(s)=[checkpoint])\n`,
        },
        'direct',
      )
      assert.deepEqual(rightsIn(direct), role(directRights, user(name), ['node-a']))
      const proxy = await statusRefusal(
        403,
        `nodes "node-a" is forbidden: User ${JSON.stringify(name)} cannot create resource "nodes/proxy" in API group ""`,
      )
      assert.deepEqual(rightsIn(proxy), role({ 'nodes/proxy': 'create' }, user(name), ['node-a']))
      assert.ok(!proxy.fix?.manifest?.split('\n').includes('EOF'))
    })
  }

  it('offers no manifest for a name that it cannot read', async () => {
    const error = await statusRefusal(
      403,
      String.raw`nodes "node-a" is forbidden: User "bell\x07" cannot create resource "nodes/proxy" in API group ""`,
    )
    assert.equal(error.code, 'PROXY_FORBIDDEN')
    assert.equal(error.fix, undefined)
    assert.doesNotMatch(error.hint ?? '', /manifest/)
  })

  it('gives each subject a binding of its own', async () => {
    const manifestFor = async (name: string) => {
      const body = `Forbidden (user=${name}, verb=create, resource=nodes, subresource(s)=[checkpoint])`
      return /name: (kubectl-checkpoint-capture-direct-on-node-a-\w+)/.exec(
        (await refusal({ status: 403, body }, 'direct')).fix?.manifest ?? '',
      )?.[1]
    }
    assert.ok(await manifestFor('ann'))
    assert.notEqual(await manifestFor('ann'), await manifestFor('bob'))
  })
})
