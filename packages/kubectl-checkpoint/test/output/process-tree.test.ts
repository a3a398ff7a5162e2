import assert from 'node:assert/strict'
import { processTree } from '../../src/output/process-tree.ts'

const draw = (parents: Readonly<Record<number, number>>) =>
  processTree(Object.entries(parents).map(([pid, ppid]) => ({ pid: Number(pid), ppid }))).map(
    ({ process, indent }) => `${indent}${process.pid}`,
  )

describe('processTree', () => {
  it('draws children below their parents, siblings by PID', () => {
    assert.deepEqual(draw({ 1: 0, 12: 7, 7: 1, 9: 1, 13: 9 }), [
      '1',
      ' \\_ 7',
      ' |   \\_ 12',
      ' \\_ 9',
      '     \\_ 13',
    ])
  })

  it('takes processes whose parent is not there for roots', () => {
    assert.deepEqual(draw({ 1: 0, 30: 0, 40: 39 }), ['1', '30', '40'])
  })

  it('draws a chain of 20,000 processes, the deep ones below each other', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => ({ pid: index + 1, ppid: index }))
    const rows = processTree(chain)
    assert.equal(rows.at(-1)?.process.pid, 20_000)
    assert.equal(rows.at(-1)?.indent.length, rows.at(100)?.indent.length)
  })
})
