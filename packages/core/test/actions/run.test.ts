import { deepEqual, equal, rejects } from 'node:assert/strict'
import { startRun } from '../../src/actions/run.ts'

describe('startRun', () => {
  it('hands events over in their order, those before the reader came included, and then the result', async () => {
    const gate = Promise.withResolvers<void>()
    const run = startRun<number, string>(async (emit) => {
      emit(1)
      emit(2)
      await gate.promise
      emit(3)
      return 'done'
    })
    const events: number[] = []
    for await (const event of run) {
      events.push(event)
      if (event === 2) gate.resolve()
    }
    deepEqual(events, [1, 2, 3])
    equal(await run.result, 'done')
  })

  it('lets a newer event take the place of an unread one of the same key, behind all others', async () => {
    const run = startRun<string, void>(
      async (emit) => {
        for (const event of ['a1', 'x', 'b1', 'a2', 'y', 'a3']) emit(event)
      },
      (event) => (/^[ab]/.test(event) ? event[0] : undefined),
    )
    deepEqual(await Array.fromAsync(run), ['x', 'b1', 'y', 'a3'])
  })

  it('keeps one of ten thousand unread events of one key', async () => {
    const run = startRun<number, void>(
      async (emit) => {
        for (let count = 1; count <= 10_000; count += 1) emit(count)
      },
      () => 'progress',
    )
    await run.result
    deepEqual(await Array.fromAsync(run), [10_000])
  })

  it('wakes a reader that waits, event by event', async () => {
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
    const run = startRun<number, void>(async (emit) => {
      for (const [at, gate] of gates.entries()) {
        await gate.promise
        emit(at)
      }
    })
    const events = run[Symbol.asyncIterator]()
    for (const [at, gate] of gates.entries()) {
      const next = events.next()
      gate.resolve()
      deepEqual(await next, { done: false, value: at })
    }
    deepEqual(await events.next(), { done: true, value: undefined })
  })

  it('ends its events and rejects its result when the work fails', async () => {
    const failure = new Error('no')
    const run = startRun<number, void>(async (emit) => {
      emit(1)
      throw failure
    })
    deepEqual(await Array.fromAsync(run), [1])
    await rejects(run.result, (error) => error === failure)
  })

  it('goes on without a reader, and when its reader leaves early', async () => {
    const run = startRun<number, string>(async (emit) => {
      emit(1)
      emit(2)
      return 'done'
    })
    for await (const event of run) {
      equal(event, 1)
      break
    }
    equal(await run.result, 'done')
  })
})
