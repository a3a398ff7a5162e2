import assert from 'node:assert/strict'
import type { Difference, ProcessDifference } from '@kubectl-checkpoint/core/documents'
import { differenceView } from '../../../src/output/difference/difference-view.ts'
import type { TextOptions } from '../../../src/output/view.ts'

const side = (name: string): Difference['a'] => ({
  archive: { label: `./${name}.tar`, size: 1, kind: 'checkpoint', bytesRead: 1, reads: 1 },
  container: {
    name: 'app',
    id: name,
    pod: name,
    namespace: 'shop',
    checkpointedAt: '2026-11-23T10:00:00.000Z',
  },
})
const equal: Difference = {
  apiVersion: 'kubectl-checkpoint/v1',
  kind: 'Difference',
  equal: true,
  a: side('web-0'),
  b: side('web-1'),
  sameContainer: false,
  compared: ['processes'],
  contents: true,
  container: [],
  processes: [],
  mounts: [],
  namespaces: [],
  files: [],
  unreadable: [],
}
const sh = { pid: 7, ppid: 1, comm: 'sh', args: ['sh', '-c', 'x'] }
const process: ProcessDifference = {
  ...{ a: sh, b: sh, matchedBy: 'pid' },
  ...{ values: [], env: [], descriptors: [], sockets: [], mappings: [] },
}

const show = (more: Partial<Difference>, options: Partial<TextOptions> = {}): string =>
  differenceView.toText({ ...equal, ...more }, { wide: false, headers: true, width: undefined, ...options })
const linesOf = (more: Partial<Difference>): readonly string[] =>
  show(more, { headers: false }).trimEnd().split('\n')

describe('a difference as text', () => {
  it('is empty where nothing differs', () => {
    assert.equal(show({}), '')
  })

  it('begins with what was compared', () => {
    assert.equal(
      show({ container: [{ name: 'image', a: 'app:1', b: 'app:2' }] }),
      [
        '--- ./web-0.tar  shop/web-0/app  2026-11-23T10:00:00.000Z',
        '+++ ./web-1.tar  shop/web-1/app  2026-11-23T10:00:00.000Z',
        '~ container image: app:1 → app:2',
        '',
      ].join('\n'),
    )
  })

  it('names what was added to lists and removed from them', () => {
    const container = [
      { name: 'capabilities', a: ['CAP_KILL', 'CAP_CHOWN'], b: ['CAP_CHOWN', 'CAP_NET_RAW'] },
      { name: 'args', a: ['a', 'b'], b: ['b', 'a'] },
      { name: 'limits.pids', b: 100 },
      { name: 'exposedPorts', a: [] },
    ]
    assert.deepEqual(linesOf({ container }), [
      '~ container capabilities: -CAP_KILL +CAP_NET_RAW',
      '~ container args: a b → b a',
      '+ container limits.pids: 100',
      '- container exposedPorts: -',
    ])
  })

  it('shows processes that one side lacks, and why others are taken for one', () => {
    const { a, ...added } = { ...process, a: undefined }
    const { b, ...removed } = { ...process, b: undefined }
    const moved: ProcessDifference = { ...process, b: { ...sh, pid: 9 }, matchedBy: 'program' }
    assert.deepEqual(linesOf({ processes: [added, removed, moved] }), [
      '+ process 7 sh (sh -c x)',
      '- process 7 sh (sh -c x)',
      '~ process 7 sh (sh -c x), there 9, by its program and arguments',
    ])
  })

  it('shows a line for each thing that differs between two processes', () => {
    const file = { fd: 3, type: 'file', path: '/tmp/x', deleted: false, access: 'rw' as const, position: 1 }
    const socket = { fd: 4, protocol: 'tcp', state: 'LISTEN', local: '0.0.0.0:80' }
    const mapping = { start: '0x1000', end: '0x3000', permissions: 'rw-p', presentBytes: 0 }
    const pages = { equalPages: 4, changedPages: 2, onlyInA: 0, onlyInB: 1 }
    const changed: ProcessDifference = {
      ...process,
      values: [{ name: 'uid', a: 0, b: 33 }],
      env: [{ name: 'A', a: '', b: 'x y' }],
      descriptors: [
        { name: '3', a: file, b: { ...file, position: 9 } },
        { name: '5', b: { ...file, deleted: true } },
      ],
      sockets: [
        { name: '4', a: socket },
        { name: '5', a: socket, b: { ...socket, receiveQueueBytes: 9 } },
      ],
      mappings: [
        {
          name: '[heap]',
          a: { ...mapping, path: '[heap]' },
          b: { ...mapping, path: '[heap]', end: '0x4000' },
        },
        { name: '0x1000', b: mapping },
      ],
      memory: {
        ...{ pageSizeBytes: 4096, ...pages },
        mappings: [{ permissions: 'rw-p', startInA: '0x1000', startInB: '0x2000', ...pages }],
      },
    }
    assert.deepEqual(linesOf({ processes: [changed] }), [
      '~ process 7 sh (sh -c x)',
      '  ~ uid: 0 → 33',
      '  ~ env A: - → x y',
      '  ~ fd 3: /tmp/x, position 1 → 9',
      '  + fd 5: file /tmp/x (deleted) rw',
      '  - socket 4: tcp LISTEN 0.0.0.0:80',
      '  ~ socket 5: tcp LISTEN 0.0.0.0:80, receiveQueueBytes - → 9',
      '  ~ mapping [heap]: [heap], end 0x3000 → 0x4000',
      '  + mapping 0x1000: 0x1000-0x3000 rw-p anonymous, 8 KiB',
      '  ~ memory anonymous rw-p at 0x1000, there 0x2000: 2 of 6 pages differ, 1 only in b',
    ])
  })

  it('shows files with their changed lines', () => {
    const state = { type: 'file', deleted: false, mode: '0644', sizeBytes: 2048 }
    assert.deepEqual(
      linesOf({
        files: [
          { path: '/a', b: state },
          { path: '/b', a: { type: 'unknown', deleted: true } },
          {
            path: '/c',
            a: state,
            b: { ...state, mode: '0755' },
            contentDiffers: true,
            patch: '@@ -1 +1 @@\n-x\n+y\n',
          },
          { path: '/d', b: { type: 'symlink', deleted: false, linkTarget: '/a' } },
        ],
      }),
      [
        '+ file /a: file 0644 2 KiB',
        '- file /b: deleted',
        '~ file /c: mode 0644 → 0755, other content',
        '    @@ -1 +1 @@',
        '    -x',
        '    +y',
        '+ file /d: symlink → /a',
      ],
    )
  })

  it('shows mounts and namespaces', () => {
    const mount = { mountPoint: '/x', type: 'tmpfs', options: ['rw', 'noexec'] }
    assert.deepEqual(
      linesOf({
        mounts: [
          { name: '/x', a: mount },
          { name: '/y', a: mount, b: { ...mount, options: ['ro'] } },
        ],
        namespaces: [
          { name: 'uts.hostname', a: 'a', b: 'b' },
          { name: 'net', b: { routes: [] } },
        ],
      }),
      [
        '- mount /x: tmpfs rw,noexec',
        '~ mount /y: options rw noexec → ro',
        '~ namespace uts.hostname: a → b',
        '+ namespace net: in this archive alone',
      ],
    )
  })

  it('says what could not be read', () => {
    const unreadable = [{ side: 'b', entry: 'core-1.img', code: 'IMAGE_TRUNCATED', message: 'cut' }] as const
    assert.equal(show({ unreadable }), 'could not be read: core-1.img: cut (IMAGE_TRUNCATED)\n')
  })

  it('is escaped, and of bearable length', () => {
    const container = [{ name: 'image', a: 'x'.repeat(2 ** 20), b: '\x1b[2J' }]
    assert.ok(show({ container }, { width: 40 }).length < 10_000)
    assert.deepEqual(linesOf({ container: [{ name: 'a', b: '\x1b[2J' }] }), ['+ container a: \\x1b[2J'])
  })
})

describe('the names of a difference', () => {
  it('are those of what differs', () => {
    const change = { name: 'image', a: 1 }
    const { a, ...added } = { ...process, a: undefined }
    assert.deepEqual(
      differenceView.toNames({
        ...equal,
        container: [change],
        processes: [added],
        mounts: [{ name: '/x' }],
        namespaces: [change],
        files: [{ path: '/etc/x' }],
      }),
      ['container/image', 'process/7', 'mount//x', 'namespace/image', 'file//etc/x'],
    )
  })
})
