import assert from 'node:assert/strict'
import { compareProcess } from '../../../src/checkpoint/difference/compare-process.ts'
import type { ComparedAspect, MappingDocument, ProcessDocument } from '../../../src/documents/index.ts'
import { mapping, process } from './sample.ts'

const everything: ReadonlySet<ComparedAspect> = new Set([
  'processes',
  'env',
  'descriptors',
  'sockets',
  'mappings',
])
const compare = (
  a: Partial<ProcessDocument>,
  b: Partial<ProcessDocument>,
  sameContainer = true,
  aspects = everything,
) =>
  compareProcess(
    { a: process(7, 1, '/bin/app', ['app'], a), b: process(7, 1, '/bin/app', ['app'], b), by: 'pid' },
    { aspects, sameContainer, isLost: () => false },
  )

describe('compareProcess', () => {
  it('names the properties that differ, with both values', () => {
    const { values } = compare(
      {
        cwd: '/',
        uid: 0,
        capabilities: { effective: ['CAP_KILL'], permitted: [], inheritable: [], bounding: [], ambient: [] },
      },
      {
        cwd: '/tmp',
        uid: 33,
        exeDeleted: true,
        capabilities: { effective: [], permitted: [], inheritable: [], bounding: [], ambient: [] },
      },
    )
    assert.deepEqual(values, [
      { name: 'cwd', a: '/', b: '/tmp' },
      { name: 'uid', a: 0, b: 33 },
      { name: 'capabilities.effective', a: ['CAP_KILL'], b: [] },
      { name: 'exeDeleted', b: true },
    ])
  })

  it('names limits and counts threads', () => {
    const limit = { name: 'RLIMIT_NOFILE', soft: '1', hard: '2' }
    const { values } = compare({ limits: [limit] }, { limits: [{ ...limit, soft: '2' }], threads: [] })
    assert.deepEqual(values, [
      { name: 'limits.RLIMIT_NOFILE.soft', a: '1', b: '2' },
      { name: 'threads', a: 1, b: 0 },
    ])
  })

  it('compares environments by variable', () => {
    assert.deepEqual(compare({ env: ['A=1', 'B=', 'C'] }, { env: ['B=x', 'C', 'D==2'] }).env, [
      { name: 'A', a: '1' },
      { name: 'B', a: '', b: 'x' },
      { name: 'D', b: '=2' },
    ])
  })

  it('compares descriptors by number, sockets apart', () => {
    const pipe = { fd: 1, type: 'pipe', path: 'pipe:[100]', deleted: false }
    const socket = { fd: 4, type: 'socket', path: 'socket:[7]', deleted: false }
    const { descriptors } = compare(
      { files: [pipe, socket, { ...pipe, fd: 3 }] },
      { files: [{ ...pipe, path: 'pipe:[200]' }] },
    )
    assert.deepEqual(
      descriptors.map(({ name, a, b }) => [name, a?.path, b?.path]),
      [
        ['1', 'pipe:[100]', 'pipe:[200]'],
        ['3', 'pipe:[100]', undefined],
      ],
    )
  })

  it('passes over inodes, PIDs and control groups between two containers', () => {
    const difference = compare(
      {
        cgroup: '/a',
        sid: 1,
        files: [{ fd: 1, type: 'pipe', path: 'pipe:[100]', deleted: false }],
        sockets: [{ fd: 4, inode: 1, protocol: 'unix', peerInode: 2 }],
      },
      {
        cgroup: '/b',
        sid: 2,
        files: [{ fd: 1, type: 'pipe', path: 'pipe:[200]', deleted: false }],
        sockets: [{ fd: 4, inode: 3, protocol: 'unix', peerInode: 4 }],
      },
      false,
    )
    assert.deepEqual([difference.values, difference.descriptors, difference.sockets], [[], [], []])
  })

  it('compares the state of sockets', () => {
    const socket = { fd: 4, inode: 1, protocol: 'tcp', local: '0.0.0.0:80' }
    const { sockets } = compare({ sockets: [socket] }, { sockets: [{ ...socket, receiveQueueBytes: 9 }] })
    assert.deepEqual(
      sockets.map(({ name }) => name),
      ['4'],
    )
  })

  it('knows the heap and the stack again that have grown', () => {
    const rest = [mapping(0x400000, 0x401000, '/bin/app'), mapping(0x500000, 0x501000)]
    const { mappings } = compare(
      {
        memory: { mappedBytes: 1, presentBytes: 1, mappings: [...rest, mapping(0x7000, 0x8000, '[stack]')] },
      },
      {
        memory: { mappedBytes: 1, presentBytes: 1, mappings: [...rest, mapping(0x6000, 0x8000, '[stack]')] },
      },
    )
    assert.deepEqual(
      mappings.map(({ name, a, b }) => [name, a?.start, b?.start]),
      [['[stack]', '0x7000', '0x6000']],
    )
  })

  it('finds mappings at other addresses, as kernels place them for each program anew', () => {
    const list = (base: number, permissions: string) => ({
      mappedBytes: 1,
      presentBytes: 1,
      mappings: [
        mapping(base, base + 0x1000, '/lib/c.so', { permissions: 'r-xp', offset: '0x0' }),
        mapping(base + 0x1000, base + 0x2000),
        mapping(base + 0x2000, base + 0x3000),
        mapping(base + 0x4000, base + 0x5000, '/lib/d.so', { permissions }),
      ],
    })
    const { mappings } = compare({ memory: list(0x10000, 'r--p') }, { memory: list(0x90000, 'rwxp') }, false)
    assert.deepEqual(
      mappings.map(({ name, a, b }) => [name, a?.permissions, b?.permissions]),
      [
        ['/lib/d.so r--p', 'r--p', undefined],
        ['/lib/d.so rwxp', undefined, 'rwxp'],
      ],
    )
  })

  it('finds mappings again that alone were placed anew', () => {
    const program = [mapping(0x400000, 0x401000, '/app'), mapping(0x500000, 0x501000, '/app')]
    const memory = (...others: readonly MappingDocument[]) => ({
      memory: { mappedBytes: 1, presentBytes: 1, mappings: [...program, ...others] },
    })
    const data = [mapping(0x7000000, 0x7002000), mapping(0x9000000, 0x9002000)] as const
    assert.deepEqual(compare(memory(data[0]), memory(data[1])).mappings, [])
  })

  it('compares no other aspects than are asked for', () => {
    const difference = compare(
      { uid: 1, env: ['A=1'] },
      { uid: 2, env: ['A=2'] },
      true,
      new Set(['env'] as const),
    )
    assert.deepEqual([difference.values, difference.env], [[], [{ name: 'A', a: '1', b: '2' }]])
  })
})
