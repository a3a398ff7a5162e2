import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../../../src/clock.ts'
import { createCheckpointQueue } from '../../../src/remote/kubelet/index.ts'

/** A clock that stands until it is moved. */
function standingClock(): Clock & { move(ms: number): void } {
  let now = 1_000_000
  let sleepers: { until: number; wake: () => void }[] = []
  return {
    now: () => now,
    sleep(ms, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      signal?.addEventListener('abort', () => reject(signal.reason))
      sleepers.push({ until: now + ms, wake: resolve })
      return promise
    },
    move(ms) {
      now += ms
      for (const { until, wake } of sleepers) if (until <= now) wake()
      sleepers = sleepers.filter(({ until }) => until > now)
    },
  }
}

/** Calls that end when told to, and a record of which have begun. */
function manualCalls() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    call: (name: string) => () => {
      begun.push(name)
      const { promise, resolve } = Promise.withResolvers<string>()
      ends.set(name, () => resolve(name))
      return promise
    },
    async end(name: string) {
      ends.get(name)?.()
      await turn()
    },
  }
}

const address = (container: string) => ({ namespace: 'shop', pod: 'web-0', container })

/** The calls for one container of a pod. */
const at = <Answer>(node: string, container: string, call: () => Promise<Answer>) => ({
  node,
  containers: [address(container)],
  prepare: async () => {},
  call,
})

const fulfilled = (value: unknown) => [{ status: 'fulfilled', value }]

describe('createCheckpointQueue', () => {
  it('makes as many calls at a time on a node as allowed, and counts nodes apart', async () => {
    const queue = createCheckpointQueue({ inTotal: 10, perNode: 2, clock: standingClock() })
    const { begun, call, end } = manualCalls()
    const runs = [
      queue.run(at('a', '1', call('a1'))),
      queue.run(at('a', '2', call('a2'))),
      queue.run(at('a', '3', call('a3'))),
      queue.run(at('b', '4', call('b4'))),
    ]
    await turn()
    assert.deepEqual(begun, ['a1', 'a2', 'b4'])
    await end('a2')
    assert.deepEqual(begun, ['a1', 'a2', 'b4', 'a3'])
    for (const name of ['a1', 'a3', 'b4']) await end(name)
    assert.deepEqual(await Promise.all(runs), ['a1', 'a2', 'a3', 'b4'].map(fulfilled))
  })

  it('calls for the containers of a pod at one moment, of which the node counts one', async () => {
    const queue = createCheckpointQueue({ inTotal: 10, perNode: 1, clock: standingClock() })
    const { begun, call, end } = manualCalls()
    const prepared = Promise.withResolvers<string>()
    const pod = queue.run({
      node: 'a',
      containers: [address('1'), address('2')],
      prepare: () => prepared.promise,
      call: ({ container }, prefix) => call(`${prefix}${container}`)(),
    })
    const next = queue.run(at('a', '3', call('a3')))
    await turn()
    assert.deepEqual(begun, [])
    prepared.resolve('a')
    await turn()
    assert.deepEqual(begun, ['a1', 'a2'])
    await end('a1')
    assert.deepEqual(begun, ['a1', 'a2'], 'the pod is not done')
    await end('a2')
    assert.deepEqual(begun, ['a1', 'a2', 'a3'])
    await end('a3')
    await Promise.all([pod, next])
  })

  it('calls for no more pods at a time than allowed in total', async () => {
    const queue = createCheckpointQueue({ inTotal: 2, perNode: 2, clock: standingClock() })
    const { begun, call, end } = manualCalls()
    const runs = ['a', 'b', 'c'].map((node) => queue.run(at(node, 'app', call(node))))
    await turn()
    assert.deepEqual(begun, ['a', 'b'])
    await end('b')
    assert.deepEqual(begun, ['a', 'b', 'c'])
    await end('a')
    await end('c')
    await Promise.all(runs)
  })

  it('makes no call where preparing fails, or is cancelled meanwhile', async () => {
    const queue = createCheckpointQueue({ inTotal: 1, perNode: 1, clock: standingClock() })
    const { begun, call } = manualCalls()
    const unprepared = { ...at('a', 'app', call('a')), prepare: () => Promise.reject(new Error('no way')) }
    await assert.rejects(queue.run(unprepared), /no way/)
    const controller = new AbortController()
    const cancelled = { ...at('b', 'app', call('b')), prepare: async () => controller.abort() }
    await assert.rejects(queue.run(cancelled, controller.signal), { name: 'AbortError' })
    assert.deepEqual(begun, [])
  })

  it('calls for one container again one second after the answer, not earlier', async () => {
    const clock = standingClock()
    const queue = createCheckpointQueue({ inTotal: 10, perNode: 5, clock })
    const { begun, call, end } = manualCalls()
    const runs = ['first', 'second', 'third'].map((name) => queue.run(at('a', 'app', call(name))))
    await turn()
    clock.move(5000)
    await turn()
    assert.deepEqual(begun, ['first'], 'the first is not answered yet')
    await end('first')
    clock.move(999)
    await turn()
    assert.deepEqual(begun, ['first'])
    clock.move(1)
    await turn()
    assert.deepEqual(begun, ['first', 'second'])
    await end('second')
    clock.move(1000)
    await turn()
    await end('third')
    assert.deepEqual(await Promise.all(runs), ['first', 'second', 'third'].map(fulfilled))
  })

  it('keeps containers apart whose archives get the same name', async () => {
    const clock = standingClock()
    const queue = createCheckpointQueue({ inTotal: 10, perNode: 5, clock })
    const { begun, call, end } = manualCalls()
    const runs = [
      queue.run(at('a', 'eu-app', call('eu-app'))),
      queue.run({
        ...at('a', 'app', call('app')),
        containers: [{ namespace: 'shop-eu', pod: 'web-0', container: 'app' }],
      }),
    ]
    await turn()
    await end('eu-app')
    assert.deepEqual(begun, ['eu-app'])
    clock.move(1000)
    await turn()
    await end('app')
    await Promise.all(runs)
  })

  it('rests until a second after the newest archive, and not without one', async () => {
    const clock = standingClock()
    const queue = createCheckpointQueue({ inTotal: 10, perNode: 5, clock })
    await queue.rest()
    await queue.run(at('a', 'app', () => Promise.reject(new Error('refused'))))
    await queue.rest()
    await queue.run(at('b', 'app', async () => {}))
    clock.move(400)
    let rested = false
    const rest = queue.rest().then(() => {
      rested = true
    })
    clock.move(599)
    await turn()
    assert.equal(rested, false)
    clock.move(1)
    await rest
  })

  it('keeps the second after a call that failed', async () => {
    const clock = standingClock()
    const queue = createCheckpointQueue({ inTotal: 10, perNode: 5, clock })
    const { begun, call, end } = manualCalls()
    const refused = new Error('refused')
    const failed = queue.run(at('a', 'app', () => Promise.reject(refused)))
    const next = queue.run(at('a', 'app', call('next')))
    assert.deepEqual(await failed, [{ status: 'rejected', reason: refused }])
    await turn()
    assert.deepEqual(begun, [])
    clock.move(1000)
    await turn()
    await end('next')
    assert.deepEqual(await next, fulfilled('next'))
  })

  it('waits a second at most when the clock is set back', async () => {
    const clock = standingClock()
    const queue = createCheckpointQueue({ inTotal: 10, perNode: 1, clock })
    await queue.run(at('a', 'app', async () => {}))
    clock.move(-3_600_000)
    const { begun, call, end } = manualCalls()
    const run = queue.run(at('a', 'app', call('next')))
    await turn()
    clock.move(1000)
    await turn()
    assert.deepEqual(begun, ['next'])
    await end('next')
    await run
  })

  it('ends each kind of wait at once when aborted, and never makes the call', async () => {
    const clock = standingClock()
    const queue = createCheckpointQueue({ inTotal: 10, perNode: 1, clock })
    const { begun, call, end } = manualCalls()
    const running = queue.run(at('a', 'app', call('running')))
    await turn()
    const controller = new AbortController()
    const forContainer = queue.run(at('a', 'app', call('same container')), controller.signal)
    const forNode = queue.run(at('a', 'other', call('same node')), controller.signal)
    const reason = new Error('cancelled')
    controller.abort(reason)
    await assert.rejects(forContainer, reason)
    await assert.rejects(forNode, reason)
    await assert.rejects(queue.run(at('b', 'late', call('late')), controller.signal), reason)

    const next = queue.run(at('a', 'app', call('next')))
    await end('running')
    await running
    assert.deepEqual(begun, ['running'], 'the wait of those who gave up falls to the next')
    const sleeper = new AbortController()
    const sleeping = queue
      .run(at('c', 'x', async () => {}))
      .then(() => queue.run(at('c', 'x', call('c')), sleeper.signal))
    await turn()
    sleeper.abort(reason)
    await assert.rejects(sleeping, reason)
    clock.move(1000)
    await turn()
    assert.deepEqual(begun, ['running', 'next'])
    await end('next')
    await next
  })

  it('does not abandon a call that has begun', async () => {
    const queue = createCheckpointQueue({ inTotal: 10, perNode: 1, clock: standingClock() })
    const { call, end } = manualCalls()
    const controller = new AbortController()
    const run = queue.run(at('a', 'app', call('app')), controller.signal)
    await turn()
    controller.abort()
    await end('app')
    assert.deepEqual(await run, fulfilled('app'))
  })
})
