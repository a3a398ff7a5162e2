import { deepEqual, equal, fail, rejects } from 'node:assert/strict'
import { craftTar, virtualSource } from '@kubectl-checkpoint/test-support'
import { checkpointFolder } from '@kubectl-checkpoint/test-support/stand-in'
import type { ArchiveSelection } from '../../../src/actions/archives/archive-selection.ts'
import { gatherArchives } from '../../../src/actions/archives/gather-archives.ts'
import type { ActionEvent } from '../../../src/actions/index.ts'
import { openScope } from '../../../src/actions/scope.ts'
import { configDump, metadataEntries } from '../../checkpoint/craft-metadata.ts'
import { openWorkbench, type Workbench } from '../support/workbench.ts'

const hour = 3_600_000
/** No archive. */
const end = Buffer.alloc(1024)
const bytes = Buffer.concat([Buffer.alloc(2048, 'x'), end])

const nameOf = (owner: string, time = '2026-11-23T11:00:00Z') => `checkpoint-${owner}-${time}.tar`

/** What containerd writes, as far as it says whose it is. */
async function craftArchive(namespace: string, pod: string, container: string): Promise<Uint8Array> {
  const annotations = {
    'io.kubernetes.cri.container-type': 'container',
    'io.kubernetes.cri.container-name': container,
    'io.kubernetes.cri.sandbox-name': pod,
    'io.kubernetes.cri.sandbox-namespace': namespace,
  }
  const source = virtualSource(craftTar(metadataEntries(configDump, { annotations })))
  return source.read(0, source.size)
}

describe('gatherArchives', () => {
  let bench: Workbench
  let events: ActionEvent[]
  let ranges: number
  beforeEach(async () => {
    bench = await openWorkbench()
    events = []
    ranges = 0
    bench.standIn.faults.duringRange = () => {
      ranges += 1
    }
  })
  afterEach(() => bench[Symbol.asyncDispose]())

  const gather = async (selection: ArchiveSelection = {}) => {
    await using scope = await openScope(
      bench.context,
      (event) => events.push(event),
      bench.cancel.signal,
      'fetch',
    )
    return await gatherArchives(scope, selection)
  }
  /** Puts files on a node, then lets them grow old. */
  const put = (
    node: 'node-a' | 'node-b',
    files: Readonly<Record<string, Uint8Array>>,
    folder = checkpointFolder,
  ) => {
    for (const [name, content] of Object.entries(files))
      bench.standIn.disks[node].write(`${folder}/${name}`, content)
    bench.clock.advance(hour)
  }
  const pods = async (selection?: ArchiveSelection) =>
    (await gather(selection)).archives.map(({ pod }) => pod)
  const labels = async (selection?: ArchiveSelection) =>
    (await gather(selection)).archives.map(({ archive }) => archive)
  const notices = () => events.flatMap((event) => (event.type === 'notice' ? event.notice.kind : []))

  it('describes an archive by its name, its file, its node and its pod', async () => {
    const name = nameOf('miner-a_shop-cache', '2026-11-23T18:00:00+05:30')
    put('node-a', { [name]: bytes })
    const { archives, failures, nodesAsked } = await gather()
    deepEqual(archives, [
      {
        archive: `node-a:${name}`,
        node: 'node-a',
        path: `${checkpointFolder}/${name}`,
        sizeBytes: 3072,
        modifiedAt: '2026-11-23T12:00:00Z',
        inode: '100',
        namespace: 'shop',
        pod: 'miner-a',
        container: 'cache',
        engine: 'containerd',
        takenAt: '2026-11-23T12:30:00Z',
        state: 'complete',
        podStatus: 'running',
      },
    ])
    deepEqual(failures, [])
    equal(nodesAsked, 2)
    deepEqual(bench.leftPods(), [])
  })

  it('lists those of all nodes, the newest last', async () => {
    put('node-a', { [nameOf('a_shop-c', '2026-11-23T11:00:00Z')]: bytes })
    put('node-b', { [nameOf('b_shop-c', '2026-11-23T11:30:00+01:00')]: bytes })
    deepEqual(await pods(), ['b', 'a'])
  })

  it('is of one namespace, and counts the others', async () => {
    put('node-a', { [nameOf('a_shop-c')]: bytes, [nameOf('b_bank-c')]: bytes, [nameOf('c_bank-c')]: bytes })
    const { archives, elsewhere } = await gather()
    deepEqual([archives.length, elsewhere], [1, 2])
    deepEqual(await pods({ allNamespaces: true }), ['a', 'b', 'c'])
    equal((await gather({ targets: ['a'] })).elsewhere, 0)
  })

  describe('whose name fits two containers', () => {
    const ambiguous = nameOf('web_shop-eu-app')
    const owners = async (selection?: ArchiveSelection) =>
      (await gather(selection)).archives.map(({ namespace, container, state }) => [
        namespace,
        container,
        state,
      ])

    it('is the one that the archive says', async () => {
      put('node-a', { [ambiguous]: await craftArchive('shop-eu', 'web', 'app') })
      put('node-b', { [ambiguous]: await craftArchive('shop', 'web', 'eu-app') })
      deepEqual(await owners({ allNamespaces: true }), [
        ['shop-eu', 'app', 'complete'],
        ['shop', 'eu-app', 'complete'],
      ])
      deepEqual(await owners(), [['shop', 'eu-app', 'complete']])
      deepEqual(await owners({ targets: ['web/app'] }), [])
    })

    it('is the one that exists, of a damaged archive, which stays', async () => {
      bench.standIn.store.put('pods', {
        metadata: { name: 'web', namespace: 'shop', creationTimestamp: '2026-11-23T10:00:00Z' },
        spec: { nodeName: 'node-a', containers: [{ name: 'eu-app' }] },
      })
      put('node-a', { [ambiguous]: bytes, [nameOf('gone_a-b-c-d')]: Buffer.alloc(10) })
      deepEqual(await owners({ allNamespaces: true }), [
        ['a-b-c', 'd', 'unreadable'],
        ['shop', 'eu-app', 'unreadable'],
      ])
    })

    it('is not asked where neither is wanted', async () => {
      put('node-a', { [ambiguous]: bytes })
      deepEqual(await owners({ targets: ['db-0'] }), [])
      equal(ranges, 0)
    })
  })

  it('reads nothing of archives whose names are plain', async () => {
    put('node-a', { [nameOf('miner-a_shop-cache')]: bytes })
    deepEqual(await pods(), ['miner-a'])
    equal(ranges, 0)
  })

  it('shows what no kubelet has named with all namespaces, if it is an archive', async () => {
    put('node-a', {
      'mine.tar': await craftArchive('bank', 'vault-0', 'safe'),
      'other.tar': bytes,
      'notes.txt': await craftArchive('bank', 'vault-0', 'safe'),
      [`${nameOf('a_shop-c')}.keep`]: bytes,
      [`${nameOf('a_shop-c')}.partial`]: bytes,
      '\u001b[2J\u202e\n.tar': bytes,
    })
    deepEqual(await pods(), [])
    const { archives } = await gather({ allNamespaces: true })
    deepEqual(
      archives.map(({ archive, namespace, takenAt }) => [archive, namespace, takenAt]),
      [['node-a:mine.tar', 'bank', '2026-11-23T13:41:25Z']],
    )
  })

  it('says of what is still being written that it is', async () => {
    const disk = bench.standIn.disks['node-a']
    const growing = nameOf('a_shop-c')
    disk.write(`${checkpointFolder}/${growing}`, bytes)
    disk.write(`${checkpointFolder}/${nameOf('b_shop-c')}`, bytes)
    disk.write(`${checkpointFolder}/${nameOf('p_shop-c')}`, bytes.subarray(0, 2048))
    const { sleep } = bench.clock
    bench.context = {
      ...bench.context,
      clock: {
        ...bench.clock,
        async sleep(ms, signal) {
          await sleep(ms, signal)
          if (ms > 1000) disk.write(`${checkpointFolder}/${growing}`, Buffer.alloc(4096))
        },
      },
    }
    const states = (await gather()).archives.map(({ pod, state }) => [pod, state])
    deepEqual(states, [
      ['a', 'being-written'],
      ['b', 'complete'],
      ['p', 'being-written'],
    ])
    bench.clock.advance(30 * 60_000)
    deepEqual(
      (await gather()).archives.map(({ state }) => state),
      ['complete', 'complete', 'being-written'],
      'paused',
    )
    bench.clock.advance(31 * 60_000)
    deepEqual(
      (await gather()).archives.map(({ state }) => state),
      ['complete', 'complete', 'complete'],
      'given up',
    )
  })

  it('tells pins, and what they say', async () => {
    const [empty, noted, managed] = ['a', 'b', 'c'].map((pod) => nameOf(`${pod}_shop-c`))
    const marker = { managedBy: 'checkpoint-restore-operator/podrestore', podRestoreOwners: ['shop/r'] }
    put('node-a', {
      [`${empty}`]: bytes,
      [`${empty}.keep`]: Buffer.of(),
      [`${noted}`]: bytes,
      [`${noted}.keep`]: Buffer.from('for the audit\n'),
      [`${managed}`]: bytes,
      [`${managed}.keep`]: Buffer.from(JSON.stringify(marker)),
      [`${nameOf('d_shop-c')}`]: bytes,
      [`${nameOf('d_shop-c')}.keep.tmp`]: bytes,
    })
    deepEqual(
      (await gather()).archives.map(({ pin }) => pin),
      [
        { kind: 'manual' },
        { kind: 'manual', note: 'for the audit' },
        { kind: 'managed', managedBy: marker.managedBy, owners: ['shop/r'] },
        undefined,
      ],
    )
  })

  it('says what has become of the pods', async () => {
    put('node-a', {
      [nameOf('miner-a_shop-cache', '2026-11-23T12:00:00Z')]: bytes,
      [nameOf('import-8xk2p_shop-import', '2026-11-23T12:00:01Z')]: bytes,
      [nameOf('db-0_shop-postgres', '2026-11-23T11:59:59Z')]: bytes,
      [nameOf('lost_shop-app', '2026-11-23T12:00:02Z')]: bytes,
    })
    const status = async () => (await gather()).archives.map(({ pod, podStatus }) => `${pod} ${podStatus}`)
    deepEqual(await status(), ['db-0 replaced', 'miner-a running', 'import-8xk2p ended', 'lost gone'])
    bench.standIn.faults.forbidden.add('list pods')
    equal((await status())[0], 'db-0 unknown')
    deepEqual(notices(), ['pods-not-listed'])
  })

  describe('of targets', () => {
    const web = ['web-6d4b75cb6d-7k2fq', 'web-55d6c9b65f-x9c4m', 'web-api-6d4b75cb6d-7k2fq', 'web-0']
    beforeEach(() => {
      put(
        'node-b',
        Object.fromEntries([...web, 'db-0', 'db-7'].map((pod) => [nameOf(`${pod}_shop-app`), bytes])),
      )
      put('node-a', { [nameOf('db-0_shop-app')]: bytes, [nameOf('db-0_shop-postgres')]: bytes })
    })

    it('are those of a pod, wherever it was', async () => {
      deepEqual(
        (await labels({ targets: ['db-0/app'] })).map((label) => label.slice(0, 6)),
        ['node-a', 'node-b'],
      )
      deepEqual(await pods({ targets: ['pod/db-0'], container: 'postgres' }), ['db-0'])
    })

    it('are those of a workload, also of pods that it had', async () => {
      deepEqual(await pods({ targets: ['deployment/web'] }), [web[1], web[0]])
      deepEqual(await pods({ targets: ['sts/db/app'] }), ['db-0', 'db-0', 'db-7'])
    })

    it('are those of a workload that is gone', async () => {
      bench.standIn.store.remove('statefulsets', { metadata: { name: 'db', namespace: 'shop' } })
      // The pod that is left is nobody's.
      deepEqual(await pods({ targets: ['statefulset/db'] }), ['db-7'])
    })

    it('are not those of an existing pod of another workload', async () => {
      const pod = bench.standIn.store.find('pods', 'shop', 'web-6d4b75cb6d-7k2fq')
      if (!pod) return fail('no such pod')
      bench.standIn.store.put('pods', { ...pod, metadata: { ...pod.metadata, labels: { app: 'another' } } })
      deepEqual(await pods({ targets: ['deploy/web'] }), [web[1]])
    })

    it('are those of pods with labels, and of a node', async () => {
      deepEqual(await pods({ selector: 'app=web' }), [web[0]])
      deepEqual(await pods({ targets: ['node/node-a'] }), ['db-0', 'db-0'])
      equal(bench.readerPods().length, 3)
      deepEqual(await pods({ nodes: ['node-a'], targets: ['db-0/app', 'db-7'] }), ['db-0'])
    })

    it('says TARGET_INVALID of contradictions', async () => {
      for (const selection of [
        { targets: ['a'], selector: 'app=web' },
        { targets: ['a/b'], container: 'c' },
        { targets: ['a'], allNamespaces: true },
        { targets: ['a b'] },
      ]) {
        await rejects(gather(selection), { code: 'TARGET_INVALID' })
      }
    })
  })

  it("looks where a node's kubelet puts archives", async () => {
    const name = nameOf('a_shop-c')
    put('node-a', { [name]: bytes }, '/data/kubelet/checkpoints')
    await bench.context.catalogue.record({
      kind: 'taken',
      cluster: bench.standIn.origin,
      node: 'node-a',
      namespace: 'shop',
      pod: 'a',
      container: 'c',
      path: `/data/kubelet/checkpoints/${name}`,
      takenAt: '2026-11-23T11:00:00Z',
      note: 'before the update',
    })
    const { archives } = await gather()
    deepEqual(
      archives.map(({ archive, note }) => [archive, note]),
      [[`node-a:/data/kubelet/checkpoints/${name}`, 'before the update']],
    )
  })

  describe('where nodes cannot be asked', () => {
    const notReady = (name: 'node-a' | 'node-b') => {
      const node = bench.standIn.store.find('nodes', undefined, name)
      if (!node) return fail('no such node')
      const conditions = [
        { type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.' },
      ]
      bench.standIn.store.put('nodes', { ...node, status: { ...node.status, conditions } })
    }
    beforeEach(() => put('node-a', { [nameOf('a_shop-c')]: bytes }))

    it('tells which, and why, beside what the others have', async () => {
      notReady('node-b')
      const { archives, failures, nodesAsked } = await gather()
      deepEqual([archives.length, nodesAsked], [1, 1])
      deepEqual(
        failures.map(({ item, error }) => [item, error.code, error.message]),
        [['node-b', 'NODE_NOT_READY', 'node node-b cannot be asked: Kubelet stopped posting node status.']],
      )
    })

    it('fails for that where it is so of all of them', async () => {
      for (const name of ['node-a', 'node-b'] as const) notReady(name)
      await rejects(gather(), { code: 'NODE_NOT_READY' })
    })

    it('fails at once for what is the same on every node', async () => {
      bench.standIn.faults.forbidden.add('create pods')
      await rejects(gather(), { code: 'FORBIDDEN' })
      bench.standIn.faults.forbidden.clear()
      bench.standIn.faults.podSecurity = 'baseline'
      await rejects(gather(), { code: 'READER_NOT_ADMITTED' })
      deepEqual(bench.leftPods(), [])
    })

    it('asks the nodes of pods where nodes may not be listed, or those that are named', async () => {
      bench.standIn.faults.forbidden.add('list nodes')
      deepEqual(await pods({ nodes: ['node-a'] }), ['a'])
      deepEqual(notices(), [])
      bench.standIn.store.remove('pods', {
        metadata: { name: 'legacy', namespace: 'shop' },
        spec: { containers: [] },
      })
      deepEqual(await pods(), ['a'])
      deepEqual(notices(), ['nodes-not-listed'])
      bench.standIn.faults.forbidden.add('list pods')
      await rejects(gather(), { code: 'FORBIDDEN' })
    })

    it('says so of nodes that are not there, or run Windows', async () => {
      await rejects(gather({ nodes: ['node-c'] }), { code: 'TARGET_NOT_FOUND', hint: /node-a or node-b/ })
      await rejects(gather({ nodes: ['node-w'] }), { code: 'NODE_IS_WINDOWS' })
    })

    it('ends with the reason of an abort, and leaves no pod', async () => {
      const reason = new Error('enough')
      const gathering = gather()
      await bench.standIn.whenRequested(({ method, path }) => method === 'POST' && path.endsWith('/pods'))
      bench.cancel.abort(reason)
      await rejects(gathering, reason)
      deepEqual(bench.leftPods(), [])
    })
  })
})
