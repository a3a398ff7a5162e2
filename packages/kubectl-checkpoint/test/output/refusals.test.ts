import assert from 'node:assert/strict'
import type { RefusalDocument, RefusalList } from '@kubectl-checkpoint/core/documents'
import { isUnsure, refusalsView } from '../../src/output/refusals.ts'

const address = { namespace: 'shop', pod: 'web-0', container: 'app', node: 'node-a' }

const refusal: RefusalDocument = {
  ...address,
  operation: 'checkpoint',
  at: '2026-11-23T11:58:00Z',
  causes: [
    {
      id: 'tcp-established',
      meaning: 'It has connections.',
      hint: 'Set it.',
      fix: { nodeFile: { path: '/etc/criu/runc.conf', content: 'tcp-established\n' } },
    },
  ],
  lines: ['(00.1) Error (criu/sk-inet.c:200): inet: Connected TCP socket'],
  evidence: [{ source: 'criu-log', place: 'node-a:/run/criu-dump.log', at: '2026-11-23T11:58:00Z' }],
}

const listOf = (items: readonly RefusalDocument[], unreadable?: string): RefusalList => ({
  apiVersion: 'kubectl-checkpoint/v1',
  kind: 'RefusalList',
  items,
  searched: [
    {
      ...address,
      places: [
        { source: 'status', place: 'pod shop/web-0' },
        { source: 'event', place: 'events', ...(unreadable === undefined ? {} : { unreadable }) },
      ],
    },
  ],
})

const view = refusalsView(new Date('2026-11-23T12:00:00Z'))
const print = (list: RefusalList) => view.toText(list, { wide: false, headers: true, width: undefined })

describe('refusalsView', () => {
  it('says what was refused when and why, what to do, what CRIU said, and where that stands', () => {
    assert.equal(
      print(listOf([refusal])),
      [
        'shop/web-0/app: the checkpoint was refused 2m ago, at 2026-11-23T11:58:00Z',
        '',
        '  It has connections.',
        '',
        '  Set it.',
        '',
        '  In /etc/criu/runc.conf on the node:',
        '',
        '      tcp-established',
        '',
        '  CRIU said:',
        '    (00.1) Error (criu/sk-inet.c:200): inet: Connected TCP socket',
        '',
        '  Seen in:',
        '    node-a:/run/criu-dump.log',
        '',
      ].join('\n'),
    )
  })

  it('quotes what was said, and when it worked since', () => {
    const { at: _, ...current } = refusal
    const text = print(
      listOf([
        { ...current, causes: [], lines: [], message: 'no\u001b[2J', succeededAt: '2026-11-23T11:59:00Z' },
      ]),
    )
    assert.match(text, /^shop\/web-0\/app: the checkpoint was refused and still is$/m)
    assert.match(text, /^ {2}The reason is not known\.$/m)
    assert.match(text, /^ {2}It worked since: at 2026-11-23T11:59:00Z\.$/m)
    assert.match(text, /^ {2}It was said: no/m)
    assert.ok(!text.includes('\u001b'))
  })

  it('says where it looked if nothing was refused', () => {
    assert.equal(
      print(listOf([], 'you may not')),
      [
        'shop/web-0/app: nothing was refused, as far as can be seen in',
        '  pod shop/web-0',
        '  events could not be read: you may not',
        '',
      ].join('\n'),
    )
  })

  it('names containers as commands take them', () => {
    assert.deepEqual(view.toNames(listOf([refusal])), ['web-0/app'])
  })
})

describe('isUnsure', () => {
  it('holds where nothing was found and not everything seen', () => {
    assert.equal(isUnsure(listOf([])), false)
    assert.equal(isUnsure(listOf([], 'you may not')), true)
    assert.equal(isUnsure(listOf([refusal], 'you may not')), false)
  })
})
