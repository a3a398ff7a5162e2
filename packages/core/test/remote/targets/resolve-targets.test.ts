import assert from 'node:assert/strict'
import { ClusterError } from '../../../src/remote/cluster/index.ts'
import { resolveTargets, TargetError, type TargetErrorCode } from '../../../src/remote/targets/index.ts'
import { type FakeCluster, type FakeObjects, fakeCluster, runningPod } from './fake-cluster.ts'

const pods = '/api/v1/namespaces/shop/pods'
const nodes = '/api/v1/nodes'

const labelled = (name: string, app: string) =>
  runningPod(name, ['app'], { metadata: { name, labels: { app }, namespace: 'shop' } })

const workload = (name: string, app: string) => ({
  metadata: { name, namespace: 'shop' },
  spec: { selector: { matchLabels: { app } } },
})

const waiting = (reason: string, message?: string) => ({
  phase: 'Running',
  containerStatuses: [{ name: 'app', state: { waiting: { reason, ...(message && { message }) } } }],
})

type Request = Partial<Parameters<typeof resolveTargets>[1]>

const resolve = (cluster: FakeCluster, request: Request) =>
  resolveTargets(cluster, { targets: [], ...request })

const names = async (cluster: FakeCluster, request: Request) =>
  (await resolve(cluster, request)).containers.map(
    ({ namespace, pod, container }) => `${namespace}/${pod}/${container}`,
  )

async function problem(cluster: FakeCluster, request: Request, code: TargetErrorCode): Promise<TargetError> {
  const error = await resolve(cluster, request).then(
    () => assert.fail('resolved'),
    (error: unknown) => error,
  )
  assert.ok(error instanceof TargetError, String(error))
  assert.equal(error.code, code)
  assert.ok(error.hint)
  return error
}

const onePod = (pod = runningPod('web-0')): FakeCluster => fakeCluster({ [pods]: [pod] })

describe('resolveTargets', () => {
  describe('pods by name', () => {
    it('says where the container is', async () => {
      assert.deepEqual(await resolve(onePod(), { targets: ['web-0'] }), {
        containers: [
          {
            namespace: 'shop',
            pod: 'web-0',
            podUid: 'uid-web-0',
            node: 'node-a',
            container: 'app',
          },
        ],
        notices: [],
      })
    })

    it('reads one pod and asks for Windows nodes, nothing else', async () => {
      const cluster = onePod()
      await resolve(cluster, { targets: ['web-0'] })
      assert.deepEqual(cluster.requests.map(({ path }) => path).sort(), [`${pods}/web-0`, nodes])
    })

    it('takes a container once, however often it is named', async () => {
      const cluster = onePod(runningPod('web-0', ['app', 'log']))
      const { containers, notices } = await resolve(cluster, {
        targets: ['web-0', 'pod/web-0', 'web-0/app', 'web-0/log'],
      })
      assert.deepEqual(
        containers.map(({ container }) => container),
        ['app', 'log'],
      )
      assert.equal(notices.length, 1)
    })

    it('TARGET_NOT_FOUND suggests names near by', async () => {
      const cluster = fakeCluster({
        [pods]: ['web-0', 'wob-0', 'database-0'].map((name) => runningPod(name)),
      })
      const { hint, message } = await problem(cluster, { targets: ['web-o'] }, 'TARGET_NOT_FOUND')
      assert.match(message, /no pod web-o in namespace shop/)
      assert.equal(hint, 'Did you mean web-0?')
    })

    it('takes a missing pod that is called like a type for one', async () => {
      const { hint } = await problem(onePod(), { targets: ['deploymnet/web'] }, 'TARGET_NOT_FOUND')
      assert.match(hint ?? '', /deployment\/NAME/)
    })

    it('tells of the first name that is not there, whichever is answered first', async () => {
      const cluster = onePod()
      const second = Promise.withResolvers<void>()
      const send: FakeCluster['send'] = async (request) => {
        if (request.path === `${pods}/first`) await second.promise
        const answer = await cluster.send(request)
        if (request.path === `${pods}/second`) second.resolve()
        return answer
      }
      const targets = ['web-0', 'first', 'second']
      const { message } = await problem({ ...cluster, send }, { targets }, 'TARGET_NOT_FOUND')
      assert.match(message, /first/)
    })

    it('suggests the pods whose names go on from the one given', async () => {
      const cluster = fakeCluster({ [pods]: [runningPod('web-7d4b9c-x2x'), runningPod('mail')] })
      const { hint } = await problem(cluster, { targets: ['web'] }, 'TARGET_NOT_FOUND')
      assert.equal(hint, 'Did you mean web-7d4b9c-x2x?')
    })

    it('suggests the mirror of a static pod', async () => {
      const metadata = {
        name: 'st-node-a',
        namespace: 'shop',
        annotations: { 'kubernetes.io/config.mirror': 'f00' },
        ownerReferences: [{ kind: 'Node', name: 'node-a', uid: 'u' }],
      }
      const cluster = fakeCluster({
        [pods]: [runningPod('st-node-a', ['app'], { metadata }), runningPod('sto')],
      })
      const { hint } = await problem(cluster, { targets: ['st'] }, 'TARGET_NOT_FOUND')
      assert.match(hint ?? '', /static pod.*st-node-a/)
      assert.deepEqual(await names(cluster, { targets: ['st-node-a'] }), ['shop/st-node-a/app'])
    })

    it('needs no right to list pods, not even for the error', async () => {
      const cluster = fakeCluster({ [pods]: [runningPod('web-0')] }, [pods, nodes])
      assert.deepEqual(await names(cluster, { targets: ['web-0'] }), ['shop/web-0/app'])
      const { hint } = await problem(cluster, { targets: ['web-1'] }, 'TARGET_NOT_FOUND')
      assert.match(hint ?? '', /kubectl get pod -A/)
    })

    it('passes on what the API server says otherwise', async () => {
      const cluster = fakeCluster({}, [`${pods}/web-0`])
      await assert.rejects(
        resolve(cluster, { targets: ['web-0'] }),
        (error) => error instanceof ClusterError && error.code === 'FORBIDDEN',
      )
    })
  })

  describe('containers', () => {
    const pod = runningPod('web-0', ['app', 'log'], {
      spec: {
        nodeName: 'node-a',
        containers: [{ name: 'app' }, { name: 'log' }],
        initContainers: [{ name: 'setup' }, { name: 'mesh' }],
        ephemeralContainers: [{ name: 'debug' }],
      },
      status: {
        phase: 'Running',
        containerStatuses: [
          { name: 'log', state: { waiting: { reason: 'CrashLoopBackOff' } } },
          { name: 'app', state: { running: {} } },
        ],
        initContainerStatuses: [
          { name: 'setup', state: { terminated: { exitCode: 0, reason: 'Completed' } } },
          { name: 'mesh', state: { running: {} } },
        ],
        ephemeralContainerStatuses: [{ name: 'debug', state: { running: {} } }],
      },
    })

    it('takes the first one and says so', async () => {
      const { containers, notices } = await resolve(onePod(pod), { targets: ['web-0'] })
      assert.equal(containers[0]?.container, 'app')
      assert.deepEqual(notices, [
        {
          kind: 'default-container',
          pod: 'shop/web-0',
          container: 'app',
          others: ['log', 'setup', 'mesh', 'debug'],
        },
      ])
    })

    it('takes the one of the annotation without a word', async () => {
      const annotated = (container: string) =>
        runningPod('web-0', ['app', 'log'], {
          metadata: {
            name: 'web-0',
            namespace: 'shop',
            annotations: { 'kubectl.kubernetes.io/default-container': container },
          },
        })
      const { containers, notices } = await resolve(onePod(annotated('log')), { targets: ['web-0'] })
      assert.equal(containers[0]?.container, 'log')
      assert.deepEqual(notices, [])
      const wrong = await resolve(onePod(annotated('nope')), { targets: ['web-0'] })
      assert.equal(wrong.containers[0]?.container, 'app')
      assert.equal(wrong.notices.length, 1)
    })

    it('names sidecars and ephemeral containers by -c or in the target', async () => {
      const cluster = onePod(pod)
      const [sidecar] = (await resolve(cluster, { targets: ['web-0'], container: 'mesh' })).containers
      const [debug] = (await resolve(cluster, { targets: ['web-0/debug'] })).containers
      assert.equal(sidecar?.container, 'mesh')
      assert.equal(debug?.container, 'debug')
    })

    it('takes all that run, of every kind, and names those left out', async () => {
      const { containers, notices } = await resolve(onePod(pod), { targets: ['web-0'], allContainers: true })
      assert.deepEqual(
        containers.map(({ container }) => container),
        ['app', 'mesh', 'debug'],
      )
      assert.deepEqual(notices, [
        {
          kind: 'container-skipped',
          pod: 'shop/web-0',
          container: 'log',
          reason: 'is waiting: CrashLoopBackOff',
        },
        {
          kind: 'container-skipped',
          pod: 'shop/web-0',
          container: 'setup',
          reason: 'has ended with exit code 0: Completed',
        },
      ])
    })

    it('takes those in any state where that is asked for', async () => {
      const ended = { ...pod, status: { ...pod.status, phase: 'Failed' } }
      const request = { targets: ['web-0'], allContainers: true }
      const { containers, notices } = await resolveTargets(onePod(ended), request, { anyState: true })
      assert.deepEqual(
        containers.map(({ container }) => container),
        ['app', 'log', 'setup', 'mesh', 'debug'],
      )
      assert.deepEqual(notices, [])
      const [log] = (await resolveTargets(onePod(ended), { targets: ['web-0/log'] }, { anyState: true }))
        .containers
      assert.equal(log?.container, 'log')
    })

    it('CONTAINER_NOT_FOUND suggests or lists names', async () => {
      const near = await problem(onePod(pod), { targets: ['web-0/ap'] }, 'CONTAINER_NOT_FOUND')
      assert.equal(near.hint, 'Did you mean app?')
      const far = await problem(onePod(pod), { targets: ['web-0/database'] }, 'CONTAINER_NOT_FOUND')
      assert.equal(far.hint, 'It has app, log, setup, mesh, debug.')
      await problem(onePod(runningPod('web-0', [])), { targets: ['web-0'] }, 'CONTAINER_NOT_FOUND')
    })

    it('CONTAINER_WAITING and CONTAINER_TERMINATED say why', async () => {
      const cases = [
        ['log', 'CONTAINER_WAITING', 'pod shop/web-0: container log is waiting: CrashLoopBackOff'],
        ['setup', 'CONTAINER_TERMINATED', 'init container setup has ended with exit code 0: Completed'],
      ] as const
      for (const [container, code, words] of cases) {
        const { message } = await problem(onePod(pod), { targets: ['web-0'], container }, code)
        assert.ok(message.endsWith(words), message)
      }
      const pulling = runningPod('web-0', ['app'], { status: waiting('ErrImagePull', 'no such image') })
      assert.equal(
        (await problem(onePod(pulling), { targets: ['web-0'] }, 'CONTAINER_WAITING')).hint,
        'no such image',
      )
      await problem(onePod(pulling), { targets: ['web-0'], allContainers: true }, 'CONTAINER_WAITING')
      const silent = runningPod('web-0', ['app'], { status: { phase: 'Pending', containerStatuses: [] } })
      const { message } = await problem(onePod(silent), { targets: ['web-0'] }, 'CONTAINER_WAITING')
      assert.match(message, /the node has not reported on it$/)
    })
  })

  describe('pods that cannot be checkpointed', () => {
    it('POD_NOT_SCHEDULED says why', async () => {
      const pending = runningPod('web-0', ['app'], {
        status: {
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              message: '0/2 nodes are available',
            },
          ],
        },
      })
      const { spec, ...rest } = pending
      const { nodeName: _, ...unscheduled } = spec
      const error = await problem(
        onePod({ ...rest, spec: unscheduled }),
        { targets: ['web-0'] },
        'POD_NOT_SCHEDULED',
      )
      assert.equal(error.message, 'pod shop/web-0: no node yet: Unschedulable')
      assert.equal(error.hint, '0/2 nodes are available')
    })

    it('POD_ENDED says how', async () => {
      const evicted = runningPod('web-0', ['app'], {
        status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory' },
      })
      const error = await problem(onePod(evicted), { targets: ['web-0'] }, 'POD_ENDED')
      assert.equal(error.message, 'pod shop/web-0: ended: Failed: Evicted')
      assert.equal(error.hint, 'The node was low on memory')
      const done = runningPod('web-0', ['app'], { status: { phase: 'Succeeded' } })
      await problem(onePod(done), { targets: ['web-0'] }, 'POD_ENDED')
    })

    it('NODE_IS_WINDOWS by the pod or by the node', async () => {
      const spec = { nodeName: 'node-a', containers: [{ name: 'app' }], os: { name: 'windows' } }
      await problem(onePod(runningPod('web-0', ['app'], { spec })), { targets: ['web-0'] }, 'NODE_IS_WINDOWS')
      const cluster = fakeCluster({
        [pods]: [runningPod('web-0')],
        [nodes]: [{ metadata: { name: 'node-a', labels: { 'kubernetes.io/os': 'windows' } } }],
      })
      await problem(cluster, { targets: ['web-0'] }, 'NODE_IS_WINDOWS')
    })
  })

  describe('workloads', () => {
    for (const [target, path] of [
      ['deploy/web', '/apis/apps/v1/namespaces/shop/deployments'],
      ['sts/web', '/apis/apps/v1/namespaces/shop/statefulsets'],
      ['ds/web', '/apis/apps/v1/namespaces/shop/daemonsets'],
      ['rs/web', '/apis/apps/v1/namespaces/shop/replicasets'],
      ['job/web', '/apis/batch/v1/namespaces/shop/jobs'],
    ] as const) {
      it(`finds the pods of ${target}`, async () => {
        const cluster = fakeCluster({
          [path]: [workload('web', 'web')],
          [pods]: [labelled('web-0', 'web'), labelled('web-1', 'web'), labelled('mail-0', 'mail')],
        })
        assert.deepEqual(await names(cluster, { targets: [target] }), ['shop/web-0/app', 'shop/web-1/app'])
      })
    }

    const deployments = '/apis/apps/v1/namespaces/shop/deployments'
    const broken = { ...labelled('web-1', 'web'), status: waiting('CrashLoopBackOff') }

    it('leaves out pods that do not run, and says which', async () => {
      const cluster = fakeCluster({
        [deployments]: [workload('web', 'web')],
        [pods]: [labelled('web-0', 'web'), broken],
      })
      const { containers, notices } = await resolve(cluster, { targets: ['deploy/web'] })
      assert.equal(containers.length, 1)
      assert.deepEqual(notices, [
        { kind: 'pod-skipped', pod: 'shop/web-1', reason: 'container app is waiting: CrashLoopBackOff' },
      ])
    })

    it('fails when none runs', async () => {
      const objects = (...list: FakeObjects[string]) =>
        fakeCluster({ [deployments]: [workload('web', 'web')], [pods]: list })
      const one = await problem(objects(broken), { targets: ['deploy/web'] }, 'CONTAINER_WAITING')
      assert.match(one.message, /^pod shop\/web-1: /)
      const two = await problem(objects(broken, broken), { targets: ['deploy/web'] }, 'CONTAINER_WAITING')
      assert.match(
        two.message,
        /^none of the 2 pods of deployment\/web can be checkpointed: pod shop\/web-1: /,
      )
    })

    it('NO_MATCH without pods, and never takes all pods for an empty selector', async () => {
      const cluster = fakeCluster({
        [deployments]: [
          workload('web', 'web'),
          { metadata: { name: 'odd' }, spec: {} } as FakeObjects[string][number],
        ],
        [pods]: [labelled('mail-0', 'mail')],
      })
      await problem(cluster, { targets: ['deploy/web'] }, 'NO_MATCH')
      await problem(cluster, { targets: ['deploy/odd'] }, 'NO_MATCH')
    })

    it('TARGET_NOT_FOUND suggests workloads of the kind', async () => {
      const cluster = fakeCluster({ [deployments]: [workload('web', 'web')] })
      const { hint } = await problem(cluster, { targets: ['deploy/wbe'] }, 'TARGET_NOT_FOUND')
      assert.match(hint ?? '', /kubectl get deployment -A/, 'two letters of three are wrong')
      assert.equal(
        (await problem(cluster, { targets: ['deploy/we'] }, 'TARGET_NOT_FOUND')).hint,
        'Did you mean web?',
      )
    })
  })

  describe('nodes and selectors', () => {
    const elsewhere = runningPod('dns-0', ['app'], { metadata: { name: 'dns-0', namespace: 'kube-system' } })
    const other = runningPod('web-1', ['app'], {
      spec: { nodeName: 'node-b', containers: [{ name: 'app' }] },
    })
    const cluster = fakeCluster({
      [pods]: [labelled('web-0', 'web'), other],
      '/api/v1/namespaces/kube-system/pods': [elsewhere],
      [nodes]: [{ metadata: { name: 'node-a' } }, { metadata: { name: 'node-c' } }],
    })

    it('takes the pods on a node, of the namespace or of all', async () => {
      assert.deepEqual(await names(cluster, { targets: ['node/node-a'] }), ['shop/web-0/app'])
      assert.deepEqual(await names(cluster, { targets: ['node/node-a'], allNamespaces: true }), [
        'shop/web-0/app',
        'kube-system/dns-0/app',
      ])
    })

    it('tells an empty node from one that does not exist', async () => {
      await problem(cluster, { targets: ['node/node-c'] }, 'NO_MATCH')
      const { message, hint } = await problem(cluster, { targets: ['node/node-x'] }, 'TARGET_NOT_FOUND')
      assert.equal(message, 'there is no node node-x')
      assert.equal(hint, 'Did you mean node-a or node-c?')
      const far = await problem(cluster, { targets: ['node/x'] }, 'TARGET_NOT_FOUND')
      assert.match(far.hint ?? '', /kubectl get nodes/)
    })

    it('leaves out pods without the container that is asked for', async () => {
      const { notices } = await resolve(
        fakeCluster({ [pods]: [runningPod('web-0'), runningPod('db-0', ['db'])] }),
        { targets: ['node/node-a'], container: 'db' },
      )
      assert.deepEqual(notices, [{ kind: 'pod-skipped', pod: 'shop/web-0', reason: 'no container db' }])
    })

    it('leaves out pods that a command has made for itself, unless they are named', async () => {
      const labels = { 'app.kubernetes.io/managed-by': 'kubectl-checkpoint', app: 'web' }
      const reader = runningPod('reader', ['app'], {
        metadata: { name: 'reader', labels, namespace: 'shop' },
      })
      const cluster = fakeCluster({ [pods]: [labelled('web-0', 'web'), reader] })
      assert.deepEqual(await names(cluster, { selector: 'app=web' }), ['shop/web-0/app'])
      assert.deepEqual(await names(cluster, { targets: ['reader'] }), ['shop/reader/app'])
    })

    it('selects by labels, in the namespace or in all', async () => {
      assert.deepEqual(await names(cluster, { selector: 'app=web' }), ['shop/web-0/app'])
      assert.deepEqual(await names(cluster, { selector: 'app=web', allNamespaces: true }), ['shop/web-0/app'])
      assert.ok(cluster.requests.some(({ path }) => path === '/api/v1/pods'))
      await problem(cluster, { selector: 'app=none' }, 'NO_MATCH')
    })
  })

  describe('contradictions', () => {
    for (const [what, request] of [
      ['nothing', {}],
      ['names and a selector', { targets: ['web-0'], selector: 'app=web' }],
      ['-c and all containers', { targets: ['web-0'], container: 'app', allContainers: true }],
      ['a container in the target and -c', { targets: ['web-0/app'], container: 'app' }],
      ['a container in the target and all containers', { targets: ['web-0/app'], allContainers: true }],
      ['a pod by name in all namespaces', { targets: ['web-0'], allNamespaces: true }],
      ['a workload by name in all namespaces', { targets: ['deploy/web'], allNamespaces: true }],
    ] as const) {
      it(`TARGET_INVALID: ${what}`, async () => {
        const cluster = onePod()
        await problem(cluster, request, 'TARGET_INVALID')
        assert.deepEqual(cluster.requests, [], 'before anything is asked')
      })
    }
  })
})
