import { deepEqual } from 'node:assert/strict'
import type { PageRun } from '@kubectl-checkpoint/core/formats/criu'
import fc from 'fast-check'
import { buildPageCounts } from '../../../src/checkpoint/process/page-counts.ts'

const page = 4096

describe('buildPageCounts', () => {
  it('counts nothing where there are no pages', () => {
    deepEqual(buildPageCounts([], page)(0n, 2n ** 64n), { present: 0, parent: 0, lazy: 0 })
  })

  it('agrees with a look at each byte on random page runs', () => {
    const run = fc.record({
      gap: fc.nat(3),
      pageCount: fc.nat(3),
      where: fc.constantFrom('present', 'parent', 'lazy', 'not-dumped'),
    })
    fc.assert(
      fc.property(fc.array(run), fc.nat(40 * page), fc.nat(40 * page), (layout, a, b) => {
        const [start, end] = a < b ? [a, b] : [b, a]
        let next = 0
        const runs = layout.map(({ gap, pageCount, where }): PageRun => {
          const address = BigInt((next + gap) * page)
          next += gap + pageCount
          return where === 'present'
            ? { address, pageCount, where, firstPage: 0 }
            : { address, pageCount, where }
        })
        const count = (where: PageRun['where']) =>
          runs
            .filter((each) => each.where === where)
            .map(({ address, pageCount }) => {
              const from = Math.max(start, Number(address))
              return Math.max(0, Math.min(end, Number(address) + pageCount * page) - from)
            })
            .reduce((total, length) => total + length, 0)
        deepEqual(buildPageCounts(runs, page)(BigInt(start), BigInt(end)), {
          present: count('present'),
          parent: count('parent'),
          lazy: count('lazy'),
        })
      }),
    )
  })
})
