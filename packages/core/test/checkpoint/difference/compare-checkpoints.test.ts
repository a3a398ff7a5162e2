import assert from 'node:assert/strict'
import type { Memory } from '../../../src/checkpoint/difference/compare-memory.ts'
import { type ComparedCheckpoint, compareCheckpoints } from '../../../src/checkpoint/difference/index.ts'
import { ProcessError } from '../../../src/checkpoint/process/index.ts'
import type { ComparedAspect, Inspection } from '../../../src/documents/index.ts'
import { inspection, mapping, process } from './sample.ts'

const memory = (value: number): Memory => ({
  pageSize: 4096,
  runs: [{ address: 0x1000n, pageCount: 1, where: 'present', firstPage: 0 }],
  read: async (address) => [{ kind: 'bytes', address, bytes: new Uint8Array(4096).fill(value) }],
})
const checkpoint = (more: Partial<Inspection> = {}, value = 1): ComparedCheckpoint => ({
  inspection: inspection(more),
  files: { roots: [], unreadable: [], find: () => undefined },
  readMemory: async () => memory(value),
})
const all: readonly ComparedAspect[] = [
  'container',
  'processes',
  'env',
  'descriptors',
  'sockets',
  'mappings',
  'memory',
  'mounts',
  'namespaces',
  'files',
]
const compare = (a: ComparedCheckpoint, b: ComparedCheckpoint, aspects = all, contents = true) =>
  compareCheckpoints(a, b, { aspects: new Set(aspects), contents })

const app = process(1, 0, '/app', ['app'], {
  memory: { mappedBytes: 4096, presentBytes: 4096, mappings: [mapping(0x1000, 0x2000)] },
})

describe('compareCheckpoints', () => {
  it('finds two equal ones equal', async () => {
    const side = checkpoint({ processes: [app] })
    const difference = await compare(side, side)
    assert.deepEqual([difference.equal, difference.sameContainer, difference.processes], [true, true, []])
    assert.deepEqual(difference.compared, all)
  })

  it('lists processes that changed, then those that one side lacks', async () => {
    const { processes, equal } = await compare(
      checkpoint({ processes: [app, process(2, 1, '/old')] }),
      checkpoint({ processes: [{ ...app, uid: 33 }, process(3, 1, '/new')] }),
    )
    assert.equal(equal, false)
    assert.deepEqual(
      processes.map(({ a, b, matchedBy, values }) => [a?.pid, b?.pid, matchedBy, values.length]),
      [
        [1, 1, 'pid', 1],
        [2, undefined, undefined, 0],
        [undefined, 3, undefined, 0],
      ],
    )
  })

  it('reads pages only where contents are compared', async () => {
    const [a, b] = [checkpoint({ processes: [app] }), checkpoint({ processes: [app] }, 2)]
    assert.equal((await compare(a, b)).processes[0]?.memory?.changedPages, 1)
    assert.equal((await compare(a, b, all, false)).equal, true)
    assert.equal((await compare(a, b, ['mappings'])).equal, true)
  })

  it('reports memory that can not be read, and compares the rest', async () => {
    const broken = {
      ...checkpoint({ processes: [app] }),
      readMemory: () => Promise.reject(new ProcessError('PAGES_MISMATCH', 'pagemap-1.img: no pages')),
    }
    const difference = await compare(broken, checkpoint({ processes: [{ ...app, uid: 1 }] }))
    assert.deepEqual(difference.unreadable, [
      { entry: 'memory of process 1', code: 'PAGES_MISMATCH', message: 'pagemap-1.img: no pages' },
    ])
    assert.equal(difference.processes.length, 1)
  })

  it('passes on what could not be read of either', async () => {
    const part = { entry: 'checkpoint/core-1.img', code: 'IMAGE_TRUNCATED', message: 'cut' }
    const { unreadable } = await compare(checkpoint(), checkpoint({ unreadable: [part] }))
    assert.deepEqual(unreadable, [{ side: 'b', ...part }])
  })

  it('compares how containers were to be run, but not which they are', async () => {
    const { container, sameContainer } = await compare(
      checkpoint({ container: { name: 'app', id: 'c1', image: 'app:1', pod: 'web-0' } }),
      checkpoint({ container: { name: 'app', id: 'c2', image: 'app:2', pod: 'web-1' } }),
    )
    assert.equal(sameContainer, false)
    assert.deepEqual(container, [{ name: 'image', a: 'app:1', b: 'app:2' }])
  })

  it('compares mounts, between two containers not by where they come from', async () => {
    const mount = { mountPoint: '/data', type: 'ext4', source: '/dev/sda', options: ['rw'] }
    const other = { ...mount, source: '/dev/sdb' }
    const a = checkpoint({ mounts: [{ ...mount, id: 1 }, mount] })
    const sameContainer = await compare(a, checkpoint({ mounts: [{ ...other, id: 2 }, mount] }))
    assert.deepEqual(sameContainer.mounts, [{ name: '/data', a: mount, b: other }])
    const b = checkpoint({ container: { name: 'app', id: 'c2', image: 'app:1' }, mounts: [other] })
    assert.deepEqual((await compare(a, b)).mounts, [
      { name: '/data#2', a: { mountPoint: '/data', type: 'ext4', options: ['rw'] } },
    ])
  })

  it('names values of namespaces by their path', async () => {
    const net = {
      interfaces: [{ name: 'eth0', mtu: 1450, addresses: ['10.0.0.7'] }],
      routes: [],
      rules: [],
      firewall: [],
      settings: {},
    }
    const { namespaces } = await compare(
      checkpoint({ namespaces: { net, nested: [] } }),
      checkpoint({
        namespaces: { net: { ...net, interfaces: [{ name: 'eth0', mtu: 1500, addresses: [] }] }, nested: [] },
      }),
    )
    assert.deepEqual(namespaces, [
      { name: 'net.interfaces.eth0.mtu', a: 1450, b: 1500 },
      { name: 'net.interfaces.eth0.addresses', a: ['10.0.0.7'], b: [] },
    ])
  })

  it('names namespaces that one archive lacks, and passes over clocks', async () => {
    const uts = { hostname: 'a', domainname: '' }
    const time = (seconds: string) => ({ monotonicSeconds: seconds, boottimeSeconds: seconds })
    const { namespaces } = await compare(
      checkpoint({ namespaces: { uts, time: time('1'), nested: [] } }),
      checkpoint({ namespaces: { time: time('2'), nested: [] } }),
    )
    assert.deepEqual(namespaces, [{ name: 'uts', a: uts }])
  })

  it('takes an archive without mounts for one that does not tell of them', async () => {
    const mount = { mountPoint: '/data', type: 'ext4', options: ['rw'] }
    assert.deepEqual((await compare(checkpoint({ mounts: [mount] }), checkpoint({ mounts: [] }))).mounts, [])
  })
})
