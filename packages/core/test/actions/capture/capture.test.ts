import { deepEqual, equal, match, ok, partialDeepStrictEqual, rejects } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fixture } from '@kubectl-checkpoint/test-support'
import {
  type CheckpointScript,
  checkpointFolder,
  type LoggedRequest,
} from '@kubectl-checkpoint/test-support/stand-in'
import { type CaptureRequest, capture } from '../../../src/actions/index.ts'
import { KubeletError } from '../../../src/remote/kubelet/index.ts'
import { finish, openWorkbench, type Workbench } from '../support/workbench.ts'

const miner = 'shop/miner-a/cache'
const replicas = ['shop/web-6d4b75cb6d-7k2fq/app', 'shop/web-6d4b75cb6d-x9c4m/app']

const isCheckpointCall = ({ path }: LoggedRequest) => path.includes('/checkpoint/')
const isPodCreation = ({ method, path }: LoggedRequest) => method === 'POST' && path.endsWith('/pods')

describe('capture', () => {
  let bench: Workbench
  beforeEach(async () => {
    bench = await openWorkbench({ archives: { 'shop/db-0/postgres': 'crio-miner' } })
  })
  afterEach(() => bench[Symbol.asyncDispose]())

  const start = (request: CaptureRequest) => capture(request, bench.context, { signal: bench.cancel.signal })
  const run = (request: CaptureRequest) => finish(start(request))
  const script = (key: string, value: CheckpointScript) => bench.standIn.faults.checkpoints.set(key, value)
  const codesOf = ({ result }: Awaited<ReturnType<typeof run>>) =>
    result.failures.map(({ item, error }) => [item, error.code])

  it('checkpoints the replicas of a deployment, on two nodes at once', async () => {
    const gate = Promise.withResolvers<void>()
    for (const node of ['node-a', 'node-b']) script(node, { hold: gate.promise })
    const running = start({ targets: ['deploy/web'] })
    for (const node of ['node-a', 'node-b']) {
      await bench.standIn.whenRequested(({ path }) => path.includes(`/${node}/proxy/checkpoint/shop/web-`))
    }
    gate.resolve()
    const { checkpoints, failures } = await running.result
    deepEqual(failures, [])
    deepEqual(
      checkpoints.map(({ namespace, pod, container, node }) => [node, `${namespace}/${pod}/${container}`]),
      [
        ['node-a', replicas[0]],
        ['node-b', replicas[1]],
      ],
    )
    for (const { node, path, archive } of checkpoints) {
      equal(path, `${checkpointFolder}/${archive.slice(`${node}:`.length)}`)
    }
    deepEqual(bench.readerPods(), [])
  })

  it('remembers what was taken, and what was refused and why', async () => {
    const { result } = await run({ targets: ['miner-a', 'svc-tcp'] })
    const error = result.failures[0]?.error
    ok(error instanceof KubeletError && error.logPath)
    const entries = await bench.context.catalogue.read(bench.standIn.origin)
    const attempt = { cluster: bench.standIn.origin, namespace: 'shop' }
    deepEqual(
      entries.find(({ kind }) => kind === 'taken'),
      {
        ...attempt,
        kind: 'taken',
        node: 'node-a',
        pod: 'miner-a',
        container: 'cache',
        path: result.checkpoints[0]?.path,
        takenAt: '2026-11-23T12:00:00.000Z',
      },
    )
    const refused = entries.find((entry) => entry.kind === 'refused')
    ok(Date.parse(refused?.at ?? '') >= Date.parse('2026-11-23T12:00:00Z'))
    deepEqual(refused, {
      ...attempt,
      kind: 'refused',
      node: 'node-b',
      pod: 'svc-tcp',
      container: 'svc',
      at: refused?.at,
      code: 'CRIU_REFUSED',
      message: error.message,
      logPath: error.logPath,
    })
  })

  it('takes the checkpoint all the same where it cannot be remembered, and says so', async () => {
    const record = () => Promise.reject(new Error('no space'))
    bench.context = { ...bench.context, catalogue: { ...bench.context.catalogue, record } }
    const { result, notices } = await run({ targets: ['miner-a'] })
    equal(result.checkpoints.length, 1)
    deepEqual(notices, [{ kind: 'not-recorded', reason: 'no space' }])
  })

  it('calls once for a container that is named twice', async () => {
    const { result } = await run({ targets: ['miner-a', 'miner-a/cache', 'pod/miner-a'] })
    equal(result.checkpoints.length, 1)
    equal(bench.checkpointCalls().length, 1)
  })

  it('brings archives home: equal, readable by their owner alone, with names for any system', async () => {
    const { result, phases } = await run({ targets: ['miner-a', 'db-0'], fetchTo: bench.folder })
    const archives = await Promise.all(
      (['containerd-miner', 'crio-miner'] as const).map((name) => readFile(fixture(name))),
    )
    equal(result.checkpoints.length, 2)
    for (const [at, { local }] of result.checkpoints.entries()) {
      ok(local)
      const bytes = await readFile(local.path)
      const { mode } = await stat(local.path)
      deepEqual([bytes.equals(archives[at] ?? Buffer.of()), mode & 0o777], [true, 0o600])
      equal(local.sha256, createHash('sha256').update(bytes).digest('hex'))
      equal(local.size, bytes.length)
    }
    deepEqual(await bench.localFiles(), [
      'checkpoint-db-0_shop-postgres-2026-11-23T12-00-00Z.tar',
      'checkpoint-miner-a_shop-cache-2026-11-23T12-00-00Z.tar',
    ])
    deepEqual(phases(miner), [
      'waiting',
      'checkpointing',
      'starting-reader',
      'downloading',
      'verifying',
      'done',
    ])
    deepEqual(bench.leftPods(), [])
  })

  it('asks the kubelet itself where that is wanted', async () => {
    const { result } = await run({ targets: ['miner-a'], direct: { skipVerify: true } })
    equal(result.checkpoints.length, 1)
    deepEqual(
      bench.checkpointCalls().map(({ path }) => path),
      ['/checkpoint/shop/miner-a/cache'],
    )
  })

  it('hands a timeout on, and notes one that the kubelet silently raises', async () => {
    const short = await run({ targets: ['miner-a'], timeoutSeconds: 30 })
    deepEqual(short.notices, [{ kind: 'timeout-below-minimum', timeoutSeconds: 30, minimumSeconds: 120 }])
    const long = await run({ targets: ['miner-a'], timeoutSeconds: 120 })
    deepEqual(long.notices, [])
    deepEqual(
      bench.checkpointCalls().map(({ query }) => query.get('timeout')),
      ['30', '120'],
    )
  })

  it('ends no sooner than a second after its call, so that a next command gets an archive of its own', async () => {
    const began = bench.clock.now()
    const { result } = await run({ targets: ['miner-a'] })
    equal(result.checkpoints[0]?.durationSeconds, 0)
    equal(bench.clock.now() - began, 1000)
  })

  it('names an archive by its whole path where the kubelet has another root folder', async () => {
    const path = '/data/kubelet/checkpoints/a.tar'
    script(miner, { status: 200, contentType: 'application/json', body: JSON.stringify({ items: [path] }) })
    const { result } = await run({ targets: ['miner-a'] })
    equal(result.checkpoints[0]?.archive, `node-a:${path}`)
  })

  it('says of each checkpoint when its call was sent', async () => {
    const { result } = await run({ targets: ['miner-a'] })
    equal(result.checkpoints[0]?.startedAt, '2026-11-23T12:00:00.000Z')
    deepEqual(result.pods, [])
  })

  it('remembers the words that the user has for a checkpoint', async () => {
    await run({ targets: ['miner-a'], note: 'before the upgrade' })
    const [entry] = await bench.context.catalogue.read(bench.standIn.origin)
    deepEqual(entry?.kind === 'taken' && entry.note, 'before the upgrade')
  })

  describe('of all containers of a pod', () => {
    const calls = { targets: ['checkout'], allContainers: true, perNode: 1 }

    it('has all calls under way at once, on connections made before, whatever a node takes', async () => {
      const gate = Promise.withResolvers<void>()
      for (const node of ['node-a', 'node-b']) script(node, { hold: gate.promise })
      const running = start(calls)
      await bench.standIn.whenRequested(() => bench.checkpointCalls().length === 4)
      equal(bench.standIn.requests.filter(({ path }) => path === '/version').length, 4)
      const { connections } = bench.standIn
      gate.resolve()
      const { checkpoints, failures } = await running.result
      deepEqual([checkpoints.length, failures], [4, []])
      equal(bench.standIn.connections, connections)
    })

    it('tells how far apart they were sent', async () => {
      const now = () => {
        bench.clock.advance(1)
        return bench.clock.now()
      }
      bench.context = { ...bench.context, clock: { ...bench.clock, now } }
      const { result, notices } = await run(calls)
      deepEqual(result.pods, [{ namespace: 'shop', pod: 'checkout', containers: 4, spreadSeconds: 0.003 }])
      deepEqual(notices.at(-1), {
        kind: 'started-together',
        pod: 'shop/checkout',
        containers: 4,
        spreadSeconds: 0.003,
      })
    })
  })

  describe('with annotations', () => {
    const annotationsOf = (pod: string) => bench.standIn.store.find('pods', 'shop', pod)?.metadata.annotations

    it('writes the time of the last checkpoint onto the pod, for it and for each container', async () => {
      await run({ targets: ['checkout'], allContainers: true, annotate: true })
      const time = '2026-11-23T12:00:00Z'
      partialDeepStrictEqual(annotationsOf('checkout'), {
        'kubectl-checkpoint/last-checkpoint': time,
        'last-checkpoint.kubectl-checkpoint/app': time,
        'last-checkpoint.kubectl-checkpoint/proxy': time,
      })
    })

    it('leaves those of a pod alone whose checkpoint was refused', async () => {
      await run({ targets: ['svc-tcp'], annotate: true })
      deepEqual(
        bench.standIn.requests.filter(({ method }) => method === 'PATCH'),
        [],
      )
    })

    it('takes the checkpoint all the same where they may not be written, and says so', async () => {
      bench.standIn.faults.forbidden.add('patch pods')
      const { result, notices } = await run({ targets: ['miner-a'], annotate: true })
      deepEqual([result.checkpoints.length, result.failures], [1, []])
      const [notice] = notices
      match(
        notice?.kind === 'not-annotated' ? `${notice.pod}: ${notice.reason}` : '',
        /^shop\/miner-a: .*cannot patch/,
      )
    })

    it('leaves a pod alone that has taken the name meanwhile', async () => {
      const gate = Promise.withResolvers<void>()
      script(miner, { hold: gate.promise })
      void bench.standIn.whenRequested(isCheckpointCall).then(() => {
        const { store } = bench.standIn
        const pod = store.find('pods', 'shop', 'miner-a')
        ok(pod)
        store.put('pods', { ...pod, metadata: { ...pod.metadata, uid: 'another' } })
        gate.resolve()
      })
      const { notices } = await run({ targets: ['miner-a'], annotate: true })
      deepEqual(
        notices.map(({ kind }) => kind),
        ['not-annotated'],
      )
      equal(annotationsOf('miner-a')?.['kubectl-checkpoint/last-checkpoint'], undefined)
    })
  })

  it('passes on what a target leaves open', async () => {
    const { notices } = await run({ targets: ['checkout'], allContainers: true })
    deepEqual(
      notices.map(({ kind }) => kind),
      ['container-skipped', 'started-together'],
    )
  })

  it('rejects before any call where a target is wrong', async () => {
    const running = start({ targets: ['miner-a', 'none-such'] })
    await rejects(running.result, { code: 'TARGET_NOT_FOUND' })
    deepEqual(bench.checkpointCalls(), [])
  })

  describe('when some of several fail', () => {
    it('gives both what was done and what was not', async () => {
      const done = await run({ targets: ['miner-a', 'svc-tcp', 'svc'] })
      deepEqual(
        done.result.checkpoints.map(({ pod }) => pod),
        ['miner-a', 'svc'],
      )
      deepEqual(codesOf(done), [['shop/svc-tcp/svc', 'CRIU_REFUSED']])
    })

    it('has a checkpoint that could not be fetched in both lists', async () => {
      bench.standIn.faults.forbidden.add('create pods')
      const done = await run({ targets: ['miner-a'], fetchTo: bench.folder })
      deepEqual(codesOf(done), [[miner, 'FORBIDDEN']])
      deepEqual(
        done.result.checkpoints.map(({ archive, local }) => [archive, local]),
        [['node-a:checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar', undefined]],
      )
      equal(bench.checkpointCalls().length, 1)
      deepEqual(done.phases(miner).at(-1), 'failed')
    })

    it('says FILE_NOT_WRITABLE of a folder that is none, before any call', async () => {
      const taken = join(bench.folder, '..', 'a-file')
      await writeFile(taken, '')
      const { result } = start({ targets: ['miner-a'], fetchTo: taken })
      await rejects(result, { code: 'FILE_NOT_WRITABLE', message: /it is not a folder/ })
      equal(bench.checkpointCalls().length, 0)
    })

    it('makes the folder with its parents, for its owner alone', async () => {
      const fetchTo = join(bench.folder, 'cases', '7', 'evidence')
      const done = await run({ targets: ['miner-a'], fetchTo })
      deepEqual(codesOf(done), [])
      if (process.platform !== 'win32') equal((await stat(fetchTo)).mode & 0o777, 0o700)
    })

    it('says FILE_NOT_WRITABLE where no folder can be made', async function () {
      if (process.platform !== 'linux') this.skip()
      const { result } = start({ targets: ['miner-a'], fetchTo: '/proc/1/evidence' })
      await rejects(result, { code: 'FILE_NOT_WRITABLE' })
    })
  })

  describe('when CRIU refuses', () => {
    const target = { targets: ['svc-tcp'] }
    const item = 'shop/svc-tcp/svc'

    it('says why, out of its log on the node', async () => {
      const done = await run(target)
      const [failure] = done.result.failures
      equal(failure?.error.code, 'CRIU_REFUSED')
      match(failure?.error.message ?? '', /TCP/)
      match(failure?.error.fix?.nodeFile?.content ?? '', /tcp-established/)
      deepEqual(done.phases(item), ['waiting', 'checkpointing', 'reading-log', 'failed'])
      deepEqual(done.notices, [])
      equal(bench.readerPods().length, 1)
      deepEqual(bench.leftPods(), [])
    })

    it('passes the refusal on as it is where the log cannot be read, and says so', async () => {
      bench.standIn.faults.podSecurity = 'baseline'
      const { result, notices } = await run(target)
      const [failure] = result.failures
      equal(failure?.error.code, 'CRIU_REFUSED')
      equal(failure?.error.fix, undefined)
      const [notice, ...others] = notices
      deepEqual([notice?.kind, others], ['log-not-read', []])
      match(
        notice?.kind === 'log-not-read' ? `${notice.path} ${notice.reason}` : '',
        /^\/\S+\.log .*PodSecurity/,
      )
    })

    it('passes the refusal on, too, where the command is cancelled while the log is read', async () => {
      void bench.standIn.whenRequested(isPodCreation).then(() => bench.cancel.abort())
      const done = await run(target)
      deepEqual(codesOf(done), [[item, 'CRIU_REFUSED']])
      deepEqual(
        done.notices.map(({ kind }) => kind),
        ['log-not-read'],
      )
      deepEqual(bench.leftPods(), [])
    })
  })

  describe('when a call breaks off', () => {
    it('says which archive appeared all the same, and does not call again', async () => {
      script(miner, { drop: 'with-archive' })
      const done = await run({ targets: ['miner-a'] })
      deepEqual(codesOf(done), [[miner, 'CONNECTION_LOST']])
      const { size } = await stat(fixture('containerd-miner'))
      deepEqual(done.notices, [
        {
          kind: 'archive-appeared',
          archive: 'node-a:checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar',
          size,
        },
      ])
      deepEqual(done.phases(miner), ['waiting', 'checkpointing', 'searching', 'failed'])
      equal(bench.checkpointCalls().length, 1)
      deepEqual(bench.leftPods(), [])
    })

    it('waits until an archive is written to its end', async () => {
      const path = `${checkpointFolder}/checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar`
      const { 'node-a': disk } = bench.standIn.disks
      const sizes = [5_000_000, 7_000_000]
      const sleep: typeof bench.clock.sleep = (ms, signal) => {
        const next = ms >= 1000 ? sizes.shift() : undefined
        if (next !== undefined) disk.write(path, Buffer.alloc(next))
        return bench.clock.sleep(ms, signal)
      }
      bench.context = { ...bench.context, clock: { ...bench.clock, sleep } }
      script(miner, { drop: 'with-archive' })
      const { notices } = await run({ targets: ['miner-a'] })
      deepEqual(
        notices.map((notice) => (notice.kind === 'archive-appeared' ? notice.size : notice)),
        [7_000_000],
      )
    })

    it('names an archive that is still written when patience ends', async () => {
      const path = `${checkpointFolder}/checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar`
      const { 'node-a': disk } = bench.standIn.disks
      let size = 5_000_000
      const sleep: typeof bench.clock.sleep = async (ms, signal) => {
        if (ms >= 1000) {
          size += 1000
          disk.write(path, Buffer.alloc(size))
        }
        if (size > 5_005_000) throw new DOMException('patience ended', 'TimeoutError')
        return bench.clock.sleep(ms, signal)
      }
      bench.context = { ...bench.context, clock: { ...bench.clock, sleep } }
      script(miner, { drop: 'with-archive' })
      const { notices } = await run({ targets: ['miner-a'] })
      deepEqual(
        notices.map(({ kind }) => kind),
        ['archive-growing'],
      )
    })

    it('finds the archive however long the reader took to start', async () => {
      script(miner, { drop: 'with-archive' })
      void bench.standIn.whenRequested(isPodCreation).then(() => bench.clock.advance(30_000))
      const { notices } = await run({ targets: ['miner-a'] })
      deepEqual(
        notices.map(({ kind }) => kind),
        ['archive-appeared'],
      )
    })

    it('says that none appeared, whatever older ones there are', async () => {
      const { disks } = bench.standIn
      const name = (second: string) =>
        `${checkpointFolder}/checkpoint-miner-a_shop-cache-2026-11-23T12:00:${second}Z.tar`
      disks['node-a'].write(name('00'), Buffer.from('older'))
      bench.clock.advance(60_000)
      disks['node-a'].write(
        `${checkpointFolder}/checkpoint-miner-a_shop-cache2-2026-11-23T12:01:00Z.tar`,
        Buffer.of(),
      )
      script(miner, { drop: 'without-archive' })
      const done = await run({ targets: ['miner-a'] })
      deepEqual(done.notices, [{ kind: 'no-archive-appeared', node: 'node-a' }])
      deepEqual(codesOf(done), [[miner, 'CONNECTION_LOST']])
      equal(bench.checkpointCalls().length, 1)
    })

    it('says so where the node cannot be searched', async () => {
      script(miner, { drop: 'with-archive' })
      bench.standIn.faults.podSecurity = 'restricted'
      const done = await run({ targets: ['miner-a'] })
      const [notice] = done.notices
      match(
        notice?.kind === 'node-not-searched' ? `${notice.node} ${notice.reason}` : '',
        /^node-a .*PodSecurity/,
      )
      deepEqual(codesOf(done), [[miner, 'CONNECTION_LOST']])
    })
  })

  it('accounts for each container: what was refused, broke off, or was taken and not fetched', async () => {
    bench.standIn.faults.forbidden.add('create pods')
    script('shop/agent-a4x7d/agent', { drop: 'without-archive' })
    const { result } = await run({ targets: ['miner-a', 'agent-a4x7d', 'svc-tcp'], fetchTo: bench.folder })
    deepEqual(
      result.failures.map(({ item, outcome, found }) => [item, outcome, found?.kind]),
      [
        [miner, 'not-fetched', undefined],
        ['shop/agent-a4x7d/agent', 'unknown', 'node-not-searched'],
        ['shop/svc-tcp/svc', 'refused', undefined],
      ],
    )
  })

  it('looks into a node once for all calls there that broke off', async () => {
    const targets = ['miner-a', 'agent-a4x7d', 'web-6d4b75cb6d-7k2fq']
    const gate = Promise.withResolvers<void>()
    script('node-a', { hold: gate.promise })
    void bench.standIn
      .whenRequested(() => bench.checkpointCalls().length === 3)
      .then(() => bench.cancel.abort())
    const { result } = await run({ targets })
    deepEqual(
      result.failures.map(({ outcome, found }) => [outcome, found?.kind]),
      targets.map(() => ['unknown', 'no-archive-appeared']),
    )
    equal(bench.readerPods().length, 1)
  })

  for (const name of [
    'pod missing',
    'container missing',
    'container not running',
    'timeout negative',
    'user may not nodes/proxy',
    'bad token',
    'kubelet down',
    'gate ContainerCheckpoint off',
    'criu refuses: established TCP',
  ]) {
    it(`calls no second time after: ${name}`, async () => {
      script(miner, name)
      const { result } = await run({ targets: ['miner-a'] })
      deepEqual([result.checkpoints.length, result.failures.length], [0, 1])
      equal(bench.checkpointCalls().length, 1)
    })
  }

  describe('when it is cancelled', () => {
    it('ends the call, looks whether the archive appeared all the same, and says CANCELLED', async () => {
      const gate = Promise.withResolvers<void>()
      script(miner, { hold: gate.promise })
      void bench.standIn.whenRequested(isCheckpointCall).then(() => bench.cancel.abort())
      void bench.standIn.whenRequested(isPodCreation).then(() => gate.resolve())
      const done = await run({ targets: ['miner-a'], fetchTo: bench.folder })
      deepEqual(codesOf(done), [[miner, 'CANCELLED']])
      deepEqual(
        done.notices.map(({ kind }) => kind),
        ['archive-appeared'],
      )
      deepEqual(
        bench.checkpointCalls().map(({ outcome }) => outcome),
        ['aborted'],
      )
      deepEqual(bench.leftPods(), [])
    })

    it('says that no archive appeared', async () => {
      const never = Promise.withResolvers<void>()
      script(miner, { hold: never.promise })
      void bench.standIn.whenRequested(isCheckpointCall).then(() => bench.cancel.abort())
      const done = await run({ targets: ['miner-a'] })
      deepEqual(codesOf(done), [[miner, 'CANCELLED']])
      deepEqual(done.notices, [{ kind: 'no-archive-appeared', node: 'node-a' }])
      deepEqual(bench.leftPods(), [])
    })

    it('makes no calls that still wait, and searches for none of them', async () => {
      const never = Promise.withResolvers<void>()
      script('node-a', { hold: never.promise })
      void bench.standIn.whenRequested(isCheckpointCall).then(() => bench.cancel.abort())
      const done = await run({ targets: ['miner-a', 'agent-a4x7d', 'checkout'], perNode: 1 })
      deepEqual(
        codesOf(done).map(([, code]) => code),
        ['CANCELLED', 'CANCELLED', 'CANCELLED'],
      )
      deepEqual(
        done.result.failures.map(({ outcome }) => outcome),
        ['unknown', 'not-started', 'not-started'],
      )
      equal(bench.checkpointCalls().length, 1)
      equal(done.notices.filter(({ kind }) => kind === 'no-archive-appeared').length, 1)
    })

    it('searches the node although a download there, which waits for the same reader, is cancelled', async () => {
      const never = Promise.withResolvers<void>()
      script('shop/agent-a4x7d/agent', { hold: never.promise })
      const called = bench.standIn.whenRequested(({ path }) => path.endsWith('/agent-a4x7d/agent'))
      void Promise.all([called, bench.standIn.whenRequested(isPodCreation)]).then(() => bench.cancel.abort())
      const done = await run({ targets: ['miner-a', 'agent-a4x7d'], fetchTo: bench.folder })
      deepEqual(codesOf(done), [
        [miner, 'CANCELLED'],
        ['shop/agent-a4x7d/agent', 'CANCELLED'],
      ])
      const [taken] = done.result.checkpoints
      deepEqual(done.notices, [
        { kind: 'archive-stays', archive: taken?.archive },
        { kind: 'no-archive-appeared', node: 'node-a' },
      ])
      equal(done.result.checkpoints.length, 1)
      equal(bench.readerPods().length, 1)
      deepEqual(bench.leftPods(), [])
    })

    it('leaves no part of a file that was being downloaded, and no reader', async () => {
      bench.standIn.faults.duringRange = () => bench.cancel.abort()
      const done = await run({ targets: ['miner-a'], fetchTo: bench.folder })
      deepEqual(codesOf(done), [[miner, 'CANCELLED']])
      equal(done.result.checkpoints.length, 1)
      deepEqual(await bench.localFiles(), [])
      deepEqual(bench.leftPods(), [])
    })

    it('rejects with the reason before any call', async () => {
      const reason = new Error('stop')
      bench.cancel.abort(reason)
      await rejects(start({ targets: ['miner-a'] }).result, (error) => error === reason)
      deepEqual(bench.checkpointCalls(), [])
    })
  })
})
