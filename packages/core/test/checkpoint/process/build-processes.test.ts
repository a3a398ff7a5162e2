import { deepEqual, equal, throws } from 'node:assert/strict'
import type { Core } from '@kubectl-checkpoint/core/formats/criu'
import { buildProcesses } from '../../../src/checkpoint/process/build-processes.ts'

const core: Core = { architecture: 'x86_64', comm: 'app', state: 'running', exitCode: 0 }
const build = (...links: readonly (readonly [pid: number, ppid: number])[]) =>
  buildProcesses(
    links.map(([pid, ppid]) => ({ entry: { pid, ppid, pgid: 1, sid: 1, threads: [pid] }, core })),
    'pstree.img',
  )

describe('buildProcesses', () => {
  it('puts parents before children and siblings in order of PID', () => {
    deepEqual(
      build([30, 2], [2, 1], [9, 1], [1, 0], [10, 2]).map(({ pid, children }) => [pid, children]),
      [
        [1, [2, 9]],
        [2, [10, 30]],
        [10, []],
        [30, []],
        [9, []],
      ],
    )
  })
  it('begins a tree of its own for a process that something outside put in', () => {
    deepEqual(
      build([40, 0], [1, 0], [41, 40], [50, 7]).map(({ pid }) => pid),
      [1, 40, 41, 50],
    )
  })
  it('takes a chain of any depth', () => {
    const links = Array.from({ length: 50_000 }, (_, index) => [index + 1, index] as const)
    equal(build(...links).length, 50_000)
  })
  it('takes no processes', () => {
    deepEqual(build(), [])
  })
  it('refuses a process that is listed twice', () => {
    throws(() => build([1, 0], [1, 0]), { name: 'ProcessError', code: 'BAD_PROCESS_TREE' })
  })
  it('refuses a process that is its own ancestor', () => {
    throws(() => build([1, 0], [5, 6], [6, 5]), { code: 'BAD_PROCESS_TREE' })
    throws(() => build([5, 5]), { code: 'BAD_PROCESS_TREE' })
  })
})
