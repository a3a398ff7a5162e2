import { deepEqual, equal, match, rejects } from 'node:assert/strict'
import { type DoctorRequest, doctor } from '@kubectl-checkpoint/core/actions'
import type { CheckDocument } from '@kubectl-checkpoint/core/documents'
import { finish, openWorkbench, type Workbench } from '../support/workbench.ts'

describe('doctor', () => {
  let bench: Workbench
  beforeEach(async () => {
    bench = await openWorkbench()
  })
  afterEach(() => bench[Symbol.asyncDispose]())

  const examine = async (request: Partial<DoctorRequest> = {}) => {
    const { signal } = bench.cancel
    return (await finish(doctor({ targets: [], probe: false, ...request }, bench.context, { signal }))).result
  }
  const namesOf = async (...targets: readonly string[]) => {
    const { nodes, containers } = await examine({ targets })
    return [
      ...nodes.map(({ node }) => node),
      ...containers.map(({ pod, container }) => `${pod}/${container}`),
    ]
  }
  const find = (checks: readonly CheckDocument[] = [], id: string) => {
    const found = checks.find((check) => check.id === id)
    if (!found) throw new Error(`there is no check ${id}`)
    return found
  }
  const checkOf = async (id: string, request?: Partial<DoctorRequest>) => {
    const { nodes } = await examine({ targets: ['node/node-a'], ...request })
    return find(nodes[0]?.checks, id)
  }

  describe('looks at', () => {
    it('all nodes that run Linux, unless something is named', async () => {
      deepEqual(await namesOf(), ['node-a', 'node-b'])
    })
    it('one node, by its type or its bare name', async () => {
      deepEqual(await namesOf('node/node-b'), ['node-b'])
      deepEqual(await namesOf('node-b'), ['node-b'])
    })
    it('containers, and their nodes once', async () => {
      deepEqual(await namesOf('deployment/web', 'db-0', 'node-b'), [
        'node-a',
        'node-b',
        'web-6d4b75cb6d-7k2fq/app',
        'web-6d4b75cb6d-x9c4m/app',
        'db-0/postgres',
      ])
    })
    it('nothing where a name is of neither pod nor node', async () => {
      await rejects(namesOf('node/node-x'), { code: 'TARGET_NOT_FOUND', message: 'there is no node node-x' })
      await rejects(namesOf('node-x'), { code: 'TARGET_NOT_FOUND', message: /there is no pod node-x/ })
    })
  })

  it('tells of a name that nothing was found by, and looks at the others', async () => {
    const { containers, failures, verdict } = await examine({ targets: ['db-0', 'no-such-pod'] })
    deepEqual(
      containers.map(({ pod }) => pod),
      ['db-0'],
    )
    deepEqual(
      failures.map(({ item, error }) => [item, error.code]),
      [['no-such-pod', 'TARGET_NOT_FOUND']],
    )
    equal(verdict, 'unknown')
  })

  it('reads what containers use at the moment, once for all of a node', async () => {
    const { containers } = await examine({ targets: ['deployment/web', 'db-0'] })
    for (const { pod, checks } of containers)
      match(find(checks, 'memory').evidence[0] ?? '', /of changed files/, pod)
    const asked = bench.standIn.requests.filter(({ path }) => path.endsWith('/stats/summary'))
    equal(asked.length, new Set(containers.map(({ node }) => node)).size)
  })

  for (const body of [
    'null',
    '{"kubeletconfig":null}',
    '{"kubeletconfig":{"featureGates":7,"containerRuntimeEndpoint":{}}}',
    '{"pods":[null,{"podRef":1,"containers":[3]}]}',
  ]) {
    it(`is not led astray by a kubelet that answers ${body}`, async () => {
      for (const path of ['configz', 'stats/summary']) {
        bench.standIn.faults.kubeletReads.set(path, { status: 200, contentType: 'application/json', body })
      }
      const { nodes, containers } = await examine({ targets: ['db-0'] })
      deepEqual([nodes.length, find(containers[0]?.checks, 'memory').status], [1, 'warning'])
    })
  }

  describe('asks for a checkpoint of a pod that cannot exist', () => {
    it('and says ok if the kubelet looked for it', async () => {
      const { nodes } = await examine({ targets: ['node/node-a'] })
      for (const id of ['kubelet-access', 'kubelet-authorization', 'checkpoint-endpoint']) {
        equal(find(nodes[0]?.checks, id).status, 'ok', id)
      }
      deepEqual(
        bench.checkpointCalls().map(({ path }) => path),
        ['/api/v1/nodes/node-a/proxy/checkpoint/default/NoSuchPod/none'],
      )
    })

    it('and finds that the API server lets nobody through', async () => {
      bench.standIn.faults.forbidden.add('create nodes/proxy')
      const { verdict, nodes } = await examine({ targets: ['node/node-a'] })
      equal(verdict, 'fails')
      const access = find(nodes[0]?.checks, 'kubelet-access')
      equal(access.status, 'failure')
      match(access.fix?.manifest ?? '', /nodes\/proxy/)
      equal(find(nodes[0]?.checks, 'kubelet-authorization').status, 'unknown')
      equal(find(nodes[0]?.checks, 'checkpoint-endpoint').status, 'unknown')
    })

    it('and finds that the kubelet lets the API server do nothing', async () => {
      bench.standIn.faults.checkpoints.set('node-a', 'API server identity may not nodes/checkpoint')
      const authorization = await checkOf('kubelet-authorization')
      equal(authorization.status, 'failure')
      match(authorization.fix?.manifest ?? '', /nodes\/checkpoint/)
    })

    it('and finds that there is no endpoint', async () => {
      bench.standIn.faults.checkpoints.set('node-a', 'gate ContainerCheckpoint off')
      const { status, fix } = await checkOf('checkpoint-endpoint')
      equal(status, 'failure')
      match(fix?.nodeFile?.content ?? '', /ContainerCheckpoint: true/)
    })
  })
})
