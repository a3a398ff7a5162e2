import { deepEqual, equal, throws } from 'node:assert/strict'
import { sortProcesses } from '../../../src/checkpoint/process/sort-processes.ts'

const sort = (links: readonly (readonly [pid: number, ppid: number])[]) =>
  sortProcesses(
    links.map(([pid, ppid]) => ({ pid, ppid, processGroup: 1, session: 1, threads: [pid] })),
    'pstree.img',
  ).map(({ pid }) => pid)

describe('sortProcesses', () => {
  it('puts parents before children and siblings in order of PID', () => {
    deepEqual(
      sort([
        [30, 2],
        [2, 1],
        [9, 1],
        [1, 0],
        [10, 2],
      ]),
      [1, 2, 10, 30, 9],
    )
  })
  it('begins a tree of its own for a process that something outside put in', () => {
    deepEqual(
      sort([
        [40, 0],
        [1, 0],
        [41, 40],
        [50, 7],
      ]),
      [1, 40, 41, 50],
    )
  })
  it('takes a chain of any depth', () => {
    const links = Array.from({ length: 50_000 }, (_, index) => [index + 1, index] as const)
    equal(sort(links).length, 50_000)
  })
  it('takes siblings of any number', () => {
    const siblings = Array.from({ length: 150_000 }, (_, index) => [index + 2, 1] as const)
    equal(sort([[1, 0], ...siblings]).length, 150_001)
  })
  it('takes no processes', () => {
    deepEqual(sort([]), [])
  })
  it('refuses a process that is listed twice', () => {
    throws(
      () =>
        sort([
          [1, 0],
          [1, 0],
        ]),
      { name: 'ProcessError', code: 'BAD_PROCESS_TREE' },
    )
  })
  it('refuses a process that is its own ancestor', () => {
    throws(
      () =>
        sort([
          [1, 0],
          [5, 6],
          [6, 5],
        ]),
      { code: 'BAD_PROCESS_TREE' },
    )
    throws(() => sort([[5, 5]]), { code: 'BAD_PROCESS_TREE' })
  })
})
