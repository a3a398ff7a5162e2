import { deepEqual, ok } from 'node:assert/strict'
import fc from 'fast-check'
import { planReads, type Span } from '../../src/bytes/plan-reads.ts'

const end = ({ offset, length }: Span) => offset + length

describe('planReads', () => {
  it('joins neighbours whose gap is small, in whatever order they come', () => {
    deepEqual(
      planReads(
        [
          { offset: 500, length: 10 },
          { offset: 0, length: 10 },
          { offset: 20, length: 10 },
        ],
        10,
      ),
      [
        { offset: 0, length: 30 },
        { offset: 500, length: 10 },
      ],
    )
  })
  it('covers what is wanted, in order, with nothing between that could have been left out', () => {
    const span = fc.record({ offset: fc.nat(10_000), length: fc.nat(300) })
    fc.assert(
      fc.property(fc.array(span), fc.nat(200), (wanted, maxGap) => {
        const planned = planReads(wanted, maxGap)
        for (const one of wanted.filter(({ length }) => length > 0)) {
          ok(planned.some((read) => read.offset <= one.offset && end(one) <= end(read)))
        }
        for (const [index, read] of planned.entries()) {
          const next = planned[index + 1]
          if (next) ok(next.offset - end(read) > maxGap)
        }
      }),
    )
  })
})
