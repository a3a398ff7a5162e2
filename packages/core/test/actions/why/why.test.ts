import assert from 'node:assert/strict'
import type { Connection } from '@kubectl-checkpoint/core/remote/cluster'
import { fixtureText } from '@kubectl-checkpoint/test-support'
import type { Pod } from '@kubectl-checkpoint/test-support/stand-in'
import { type WhyRequest, why } from '../../../src/actions/index.ts'
import { refusalList } from '../../../src/documents/refusals.ts'
import { finish, openWorkbench, type Workbench } from '../support/workbench.ts'

const id = 'f1'.repeat(32)
const logPath = `/run/containerd/io.containerd.runtime.v2.task/k8s.io/${id}/criu-dump.log`
const dumpLog = fixtureText('logs/criu-dump-tcp-established.log')
const restoreMessage =
  'failed to restore containerd task: failed to create shim task: OCI runtime restore failed: read unixpacket @->@: EOF'

describe('why', () => {
  let bench: Workbench
  beforeEach(async () => {
    bench = await openWorkbench()
  })
  afterEach(() => bench[Symbol.asyncDispose]())

  const ask = async (request: Partial<WhyRequest> = {}) => {
    const run = why({ targets: ['svc'], ...request }, bench.context, { signal: bench.cancel.signal })
    const { result, events } = await finish(run)
    assert.deepEqual(refusalList.parse(JSON.parse(JSON.stringify(result))), result)
    return { ...result, events }
  }

  /** Has the kubelet say of the only container of pod svc what `status` says. */
  const report = (status: object) => {
    const pod = bench.standIn.store.find('pods', 'shop', 'svc') ?? assert.fail()
    const [container] = pod.status?.containerStatuses ?? []
    const changed = { ...pod, status: { ...pod.status, containerStatuses: [{ ...container, ...status }] } }
    bench.standIn.store.put('pods', changed as Pod)
  }

  const addEvent = (name: string, message: string, at: string, container = 'svc') => {
    bench.standIn.store.put('events', {
      metadata: { name, namespace: 'shop' },
      involvedObject: { kind: 'Pod', uid: 'uid-of-svc', fieldPath: `spec.containers{${container}}` },
      message,
      lastTimestamp: at,
    } as never)
  }

  const remember = (entry: object) =>
    bench.context.catalogue.record({
      cluster: bench.connection.origin,
      node: 'node-b',
      namespace: 'shop',
      pod: 'svc',
      container: 'svc',
      ...entry,
    } as never)

  it('explains a refused checkpoint by the log that CRIU left on the node', async () => {
    report({ containerID: `containerd://${id}` })
    bench.standIn.disks['node-b'].write(logPath, Buffer.from(dumpLog))
    const { items } = await ask()
    const [item, ...others] = items
    assert.deepEqual(others, [])
    assert.equal(item?.operation, 'checkpoint')
    assert.equal(item.causes[0]?.id, 'tcp-established')
    assert.equal(item.causes[0].fix?.nodeFile?.content, 'tcp-established\n')
    assert.match(item.lines[0] ?? '', /Connected TCP socket/)
    assert.deepEqual(item.evidence, [
      { source: 'criu-log', place: `node-b:${logPath}`, at: '2026-11-23T12:00:00.000Z' },
    ])
    assert.deepEqual(bench.leftPods(), [])
  })

  it('says where it looked if nothing was refused', async () => {
    report({ containerID: `containerd://${id}` })
    const { items, searched } = await ask()
    assert.deepEqual(items, [])
    assert.deepEqual(searched[0]?.places, [
      { source: 'status', place: 'pod shop/svc' },
      { source: 'event', place: 'events of pod shop/svc' },
      { source: 'criu-log', place: `node-b:${logPath}` },
      { source: 'catalogue', place: 'what this machine remembers' },
    ])
  })

  for (const containerID of [
    `containerd://${'g'.repeat(64)}`,
    'containerd://../../../../etc',
    `containerd://${id}/..`,
    `docker://${id}`,
  ]) {
    it(`starts no pod for a container called ${containerID.slice(0, 30)}`, async () => {
      report({ containerID })
      const { searched } = await ask()
      assert.equal(
        searched[0]?.places.some(({ source }) => source === 'criu-log'),
        false,
      )
      assert.deepEqual(bench.readerPods(), [])
    })
  }

  it("looks where CRI-O keeps CRIU's log", async () => {
    report({ containerID: `cri-o://${id}` })
    const { searched } = await ask()
    assert.equal(
      searched[0]?.places[2]?.place,
      `node-b:/var/lib/containers/storage/overlay-containers/${id}/userdata/dump.log`,
    )
  })

  it('goes on without what may not be seen, and says so', async () => {
    report({ containerID: `containerd://${id}` })
    bench.standIn.faults.forbidden.add('list events')
    bench.standIn.faults.forbidden.add('create pods')
    const { items, searched } = await ask()
    assert.deepEqual(items, [])
    assert.match(searched[0]?.places[1]?.unreadable ?? '', /^events is forbidden/)
    assert.match(searched[0]?.places[2]?.unreadable ?? '', /^pods is forbidden/)
  })

  it('explains a failed restore by status and events that say the same, as one', async () => {
    report({
      state: { waiting: { reason: 'RunContainerError', message: restoreMessage } },
      lastState: {
        terminated: { exitCode: 128, message: restoreMessage, finishedAt: '2026-11-23T11:50:00Z' },
      },
    })
    addEvent('svc.1', `Error: ${restoreMessage}`, '2026-11-23T11:51:00Z')
    addEvent('svc.2', 'Back-off restarting failed container', '2026-11-23T11:52:00Z')
    addEvent('svc.3', `Error: ${restoreMessage}`, '2026-11-23T11:53:00Z', 'another')
    const { items } = await ask()
    assert.equal(items.length, 1)
    assert.equal(items[0]?.operation, 'restore')
    assert.equal(items[0].at, '2026-11-23T11:51:00Z')
    assert.deepEqual(
      items[0].causes.map((cause) => cause.id),
      ['restore-memory-limit'],
    )
    assert.deepEqual(
      items[0].evidence.map(({ place }) => place),
      ['status.state.waiting', 'event svc.1', 'status.lastState.terminated'],
    )
  })

  it('tells the newest of restores that failed for several reasons', async () => {
    addEvent('svc.1', restoreMessage, '2026-11-23T11:51:00Z')
    addEvent('svc.2', 'failed to read "status.dump": no such file', '2026-11-23T11:52:00Z')
    const { items } = await ask()
    assert.deepEqual(
      items.map(({ causes }) => causes[0]?.id),
      ['restore-no-status'],
    )
  })

  const refused = { kind: 'refused', at: '2026-11-23T11:00:00Z', code: 'ENDPOINT_OFF', message: 'it is off' }

  it('remembers what was refused to itself', async () => {
    await remember({ ...refused, pod: 'svc-tcp' })
    await remember(refused)
    const { items } = await ask()
    assert.equal(items.length, 1)
    assert.equal(items[0]?.causes[0]?.id, 'ENDPOINT_OFF')
    assert.equal(items[0].causes[0].meaning, 'It is off.')
    assert.equal(items[0].at, refused.at)
  })

  it('takes what it remembers and the log of the same refusal for one', async () => {
    report({ containerID: `containerd://${id}` })
    bench.standIn.disks['node-b'].write(logPath, Buffer.from(dumpLog))
    await remember({ ...refused, code: 'CRIU_REFUSED', logPath })
    const { items } = await ask()
    assert.equal(items.length, 1)
    assert.deepEqual(
      items[0]?.evidence.map(({ source }) => source),
      ['criu-log', 'catalogue'],
    )
    assert.equal(items[0].causes[0]?.id, 'tcp-established')
  })

  it('tells the newer one of a log and another refusal that it remembers', async () => {
    report({ containerID: `containerd://${id}` })
    bench.standIn.disks['node-b'].write(logPath, Buffer.from(dumpLog))
    await remember({ ...refused, at: '2026-11-23T12:30:00Z' })
    const newer = await ask()
    assert.equal(newer.items[0]?.causes[0]?.id, 'ENDPOINT_OFF')
    bench.clock.advance(3_600_000)
    bench.standIn.disks['node-b'].write(logPath, Buffer.from(dumpLog))
    const older = await ask()
    assert.equal(older.items[0]?.causes[0]?.id, 'tcp-established')
  })

  it('says when it worked since', async () => {
    const taken = { kind: 'taken', path: '/var/lib/kubelet/checkpoints/x.tar' }
    await remember({ ...taken, takenAt: '2026-11-23T10:00:00Z' })
    await remember(refused)
    assert.equal((await ask()).items[0]?.succeededAt, undefined)
    await remember({ ...taken, takenAt: '2026-11-23T11:30:00Z' })
    assert.equal((await ask()).items[0]?.succeededAt, '2026-11-23T11:30:00Z')
  })

  it('puts the newest of several containers first', async () => {
    await remember(refused)
    await remember({
      ...refused,
      node: 'node-a',
      pod: 'miner-a',
      container: 'cache',
      at: '2026-11-23T11:30:00Z',
    })
    const { items, searched } = await ask({ targets: ['svc', 'miner-a', 'db-0'] })
    assert.deepEqual(
      items.map(({ pod }) => pod),
      ['miner-a', 'svc'],
    )
    assert.equal(searched.length, 3)
  })

  it('is ended by a cancellation', async () => {
    bench.cancel.abort(new Error('enough'))
    await assert.rejects(ask(), /enough/)
    assert.deepEqual(bench.leftPods(), [])
  })

  it('tells of a pod that goes meanwhile, and of the others', async () => {
    const { connection, standIn } = bench
    const pod = standIn.store.find('pods', 'shop', 'svc') ?? assert.fail()
    const connect = async (): Promise<Connection> => ({
      ...connection,
      async send(request) {
        const answer = await connection.send(request)
        if (request.path.endsWith('/pods/svc')) standIn.store.remove('pods', pod)
        return answer
      },
    })
    bench.context = { ...bench.context, connect }
    const { searched } = await ask({ targets: ['svc', 'miner-a'] })
    const placesOf = (name: string) => searched.find((one) => one.pod === name)?.places ?? assert.fail()
    assert.deepEqual(placesOf('svc')[0], {
      source: 'status',
      place: 'pod shop/svc',
      unreadable: 'it is gone',
    })
    assert.equal(placesOf('miner-a')[0]?.unreadable, undefined)
  })
})
