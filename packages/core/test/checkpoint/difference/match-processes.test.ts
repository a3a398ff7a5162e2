import assert from 'node:assert/strict'
import { matchProcesses } from '../../../src/checkpoint/difference/match-processes.ts'
import { process } from './sample.ts'

const matched = (...args: Parameters<typeof matchProcesses>) => {
  const { matches, onlyInA, onlyInB } = matchProcesses(...args)
  return {
    matches: matches.map(({ a, b, by }) => `${a.pid} ${b.pid} ${by}`),
    onlyInA: onlyInA.map(({ pid }) => pid),
    onlyInB: onlyInB.map(({ pid }) => pid),
  }
}

describe('matchProcesses', () => {
  it('goes by PID in one container, also where a process runs another program by now', () => {
    const a = [process(1, 0, '/bin/sh'), process(7, 1, '/bin/worker'), process(8, 1, '/bin/other')]
    const b = [process(1, 0, '/bin/app'), process(7, 1, '/bin/worker'), process(9, 1, '/bin/new')]
    assert.deepEqual(matched(a, b, true), { matches: ['1 1 pid', '7 7 pid'], onlyInA: [8], onlyInB: [9] })
  })

  it('does not take a PID for the same process if program and parent are others', () => {
    const a = [process(1, 0, '/bin/sh'), process(2, 1, '/bin/sh'), process(7, 1, '/bin/worker')]
    const b = [process(1, 0, '/bin/sh'), process(2, 1, '/bin/sh'), process(7, 2, '/bin/cat')]
    assert.deepEqual(matched(a, b, true), { matches: ['1 1 pid', '2 2 pid'], onlyInA: [7], onlyInB: [7] })
  })

  it('goes by the place in the tree between two containers, and by what is most alike there', () => {
    const a = [
      process(1, 0, '/bin/sh'),
      process(10, 1, '/bin/worker', ['worker', 'one']),
      process(11, 1, '/bin/worker', ['worker', 'two']),
      process(12, 1, '/bin/worker', ['worker', 'three']),
    ]
    const b = [
      process(1, 0, '/bin/sh'),
      process(20, 1, '/bin/worker', ['worker', 'two']),
      process(21, 1, '/bin/worker', ['worker', 'four']),
      process(22, 1, '/bin/worker', ['worker', 'one']),
    ]
    assert.deepEqual(matched(a, b, false), {
      matches: ['1 1 place', '10 22 place', '11 20 place', '12 21 place'],
      onlyInA: [],
      onlyInB: [],
    })
  })

  it('takes the first processes of two containers for one, whatever they run', () => {
    const [a, b] = [[process(1, 0, '/bin/old')], [process(1, 0, '/bin/new')]]
    assert.deepEqual(matched(a, b, false).matches, ['1 1 place'])
  })

  it('finds a process that moved in the tree by its program', () => {
    const a = [process(1, 0, '/bin/sh'), process(5, 1, '/bin/make'), process(6, 5, '/bin/cc')]
    const b = [process(1, 0, '/bin/sh'), process(9, 1, '/bin/cc')]
    assert.deepEqual(matched(a, b, true), { matches: ['1 1 pid', '6 9 program'], onlyInA: [5], onlyInB: [] })
  })

  it('matches wide and deep trees in one go', () => {
    const wide = Array.from({ length: 20_000 }, (_, index) => process(index + 2, 1, '/bin/x'))
    const deep = Array.from({ length: 20_000 }, (_, index) =>
      process(index + 60_000, index + 59_999, '/bin/y'),
    )
    const list = [process(1, 0, '/bin/sh'), ...wide, ...deep]
    assert.equal(matchProcesses(list, list, false).matches.length, list.length)
  })
})
