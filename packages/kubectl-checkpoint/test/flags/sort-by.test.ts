import { deepEqual, throws } from 'node:assert/strict'
import type { NodeArchive } from '@kubectl-checkpoint/core/documents'
import { parseSortBy } from '../../src/flags/sort-by.ts'

const archive = (archive: string, more: Partial<NodeArchive>): NodeArchive => ({
  archive,
  node: 'node-a',
  path: `/${archive}`,
  inode: '1',
  sizeBytes: 9,
  modifiedAt: '2026-11-23T12:00:00Z',
  state: 'complete',
  podStatus: 'gone',
  ...more,
})

const archives = [
  archive('a', { sizeBytes: 10, takenAt: '2026-11-23T11:00:00Z', pod: 'web-0' }),
  archive('b', { sizeBytes: 9, takenAt: '2026-11-23T11:30:00Z', pin: { kind: 'manual' } }),
  archive('c', { sizeBytes: 100, node: 'node-0', pod: 'db-0' }),
]
const sorted = (by: string) => archives.toSorted(parseSortBy(by)).map(({ archive }) => archive)

describe('parseSortBy', () => {
  for (const [by, expected] of [
    ['age', 'cba'],
    ['taken', 'abc'],
    ['SIZE', 'bac'],
    ['node', 'cab'],
    ['pod', 'bca'],
    ['.sizeBytes', 'bac'],
    ['{.pin.kind}', 'acb'],
    ['.takenAt', 'cab'],
    ['.nothing.there', 'abc'],
    ['.constructor', 'abc'],
  ] as const) {
    it(`sorts by ${by}`, () => deepEqual(sorted(by), [...expected]))
  }

  for (const by of ['constructor', 'colour', '.items[0]', '', '{.a']) {
    it(`refuses ${JSON.stringify(by)}`, () => throws(() => parseSortBy(by), { code: 'USAGE' }))
  }
})
